package io.sluice.stack.redshift.database;

import io.sluice.stack.redshift.copy.load.CopyTarget;
import io.sluice.stack.redshift.copy.load.LoadJournal;
import io.sluice.stack.redshift.copy.source.SourceFiles.SourceFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of loads as the system tables show it, over one connection of its own in autocommit
 * mode. A trace that cannot be written is logged and does not fail the load.
 */
public final class SystemTables implements LoadJournal, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTables.class);

  /** The length of the longest raw text that Redshift keeps. */
  private static final int RAW = 1024;

  private static final String NOW = "(clock_timestamp() at time zone 'UTC')";

  private final Connection connection;
  private final String database;

  /** Writes over {@code connection}, which is closed with this. */
  public SystemTables(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  @Override
  public void started(CopyTarget target, String source, String format, List<SourceFile> files) {
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    write(
        "insert into redshift.load_history (user_id, query_id, transaction_id, session_id, database_name, status,"
            + " table_name, start_time, data_source, file_format, loaded_rows, loaded_bytes, source_file_count,"
            + " source_file_bytes, file_count_scanned, file_bytes_scanned, error_count)"
            + " values (?, ?, ?, ?, ?, 'running', ?, "
            + NOW
            + ", ?, ?, 0, 0, ?, ?, 0, 0, 0)",
        target.userId(),
        target.queryId(),
        target.transactionId(),
        target.sessionPid(),
        database,
        target.tableName(),
        source,
        format,
        (long) files.size(),
        bytes);
  }

  @Override
  public void refused(CopyTarget target, BadRow row) {
    write(
        "insert into redshift.load_errors (userid, query, transaction_id, session, database_name, tbl, starttime,"
            + " filename, line_number, colname, type, col_length, raw_line, raw_field_value, err_code,"
            + " err_reason) values (?, ?, ?, ?, ?, ?, "
            + NOW
            + ", ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        target.userId(),
        target.queryId(),
        target.transactionId(),
        target.sessionPid(),
        database,
        target.tableId(),
        row.file(),
        row.line(),
        row.column(),
        row.type(),
        row.length(),
        storable(row.rawLine()),
        storable(row.rawValue()),
        row.code(),
        storable(row.reason()));
    row.fields().forEach(field -> refused(target, row, field));
  }

  private void refused(CopyTarget target, BadRow row, BadField field) {
    write(
        "insert into redshift.load_error_fields (userid, session, query, filename, line_number, field, colname,"
            + " value, is_null, type, col_length) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        target.userId(),
        target.sessionPid(),
        target.queryId(),
        row.file(),
        row.line(),
        field.index(),
        field.column(),
        storable(field.value()),
        field.isNull() ? 1 : 0,
        field.type(),
        field.length());
  }

  @Override
  public void fileDone(CopyTarget target, SourceFile file, String format, long lines, long errors) {
    write(
        "insert into redshift.load_commits values (?, ?, ?, ?, ?, " + NOW + ", ?)",
        target.userId(),
        target.queryId(),
        file.url().toString(),
        lines,
        errors,
        format);
    write(
        "update redshift.load_history set file_count_scanned = file_count_scanned + 1,"
            + " file_bytes_scanned = file_bytes_scanned + ? where query_id = ?",
        file.bytes(),
        target.queryId());
  }

  @Override
  public void ended(CopyTarget target, String status, LoadResult result) {
    write(
        "update redshift.load_history set status = ?, end_time = "
            + NOW
            + ", loaded_rows = ?, loaded_bytes = ?, error_count = ? where query_id = ?",
        status,
        result.rows(),
        result.bytes(),
        result.errors(),
        target.queryId());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private synchronized void write(String sql, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      log.warn("a load's trace is missing from the system tables", e);
    }
  }

  /** Text as the database can hold it: without NUL, and no longer than Redshift shows it. */
  private static String storable(String text) {
    String clean = text.replace('\0', ' ');
    return clean.length() <= RAW ? clean : clean.substring(0, RAW);
  }
}
