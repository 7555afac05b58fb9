package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The quarantine in Redshift, for commands: each question on a new connection. */
final class RedshiftQuarantine implements Quarantine {
  private static final String SELECT =
      "SELECT batch_folder, manifest_number, table_name, state, file_key, load_id, row_count,"
          + " byte_count, CAST(EXTRACT(EPOCH FROM batch_time) * 1000 AS BIGINT),"
          + " CAST(EXTRACT(EPOCH FROM loaded_at) * 1000 AS BIGINT), loader_id, reason,"
          + " error_line, error_column, error_value FROM ";

  private static final String IN = " AND table_name IN (";

  private final Connections connections;
  private final LedgerSchema schema;

  RedshiftQuarantine(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  @Override
  public List<QuarantineEntry> entries(Collection<TableName> tables, Instant from, Instant to) {
    if (tables.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    String sql =
        schema.ledgers(tables).entrySet().stream()
                .map(ledger -> select(ledger.getKey(), ledger.getValue(), from, to, values))
                .collect(Collectors.joining(" UNION ALL "))
            + " ORDER BY 3, 1, 2, 5";
    try (Connection connection = connections.openNow();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      return entries(statement);
    } catch (SQLException e) {
      throw SqlFailures.failed("read what is in quarantine", e);
    }
  }

  /**
   * Changes the ledger's row of a file, on a connection that the caller owns.
   *
   * @return false when the ledger has no such row any more
   */
  static boolean change(
      Connection connection, LedgerSchema schema, QuarantineEntry before, QuarantineEntry after)
      throws SQLException {
    int changed = 0;
    for (String ledger : schema.ledgers(before.batch().table())) {
      changed += change(connection, ledger, before, after);
    }
    return changed > 0;
  }

  private static int change(
      Connection connection, String ledger, QuarantineEntry before, QuarantineEntry after)
      throws SQLException {
    String sql =
        "UPDATE "
            + ledger
            + " SET state = ?, load_id = ?, row_count = ?, byte_count = ?,"
            + " loaded_at = CAST(? AS TIMESTAMPTZ), loader_id = ?, reason = ?"
            + " WHERE batch_folder = ? AND manifest_number = ? AND table_name = ?"
            + " AND file_key = ? AND state = ? AND load_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      statement.setString(next++, after.state().text());
      statement.setString(next++, after.loadId());
      statement.setLong(next++, after.rows());
      statement.setLong(next++, after.bytes());
      statement.setString(next++, after.since().toString());
      statement.setString(next++, LedgerSql.cutLoader(after.by()));
      statement.setString(next++, LedgerSql.cutReason(after.error().reason()));
      statement.setString(next++, before.batch().folder().toString());
      statement.setLong(next++, before.batch().manifest());
      statement.setString(next++, before.batch().table().toString());
      statement.setString(next++, before.file());
      statement.setString(next++, before.state().text());
      statement.setString(next++, before.loadId());
      return statement.executeUpdate();
    }
  }

  private static String select(
      String ledger, Set<TableName> tables, Instant from, Instant to, List<String> values) {
    StringBuilder sql = new StringBuilder(SELECT).append(ledger).append(" WHERE state <> ?");
    values.add(State.LOADED.text());
    sql.append(tables.stream().map(table -> "?").collect(Collectors.joining(", ", IN, ")")));
    tables.forEach(table -> values.add(table.toString()));
    if (from != null) {
      sql.append(" AND batch_time >= CAST(? AS TIMESTAMPTZ)");
      values.add(from.toString());
    }
    if (to != null) {
      sql.append(" AND batch_time < CAST(? AS TIMESTAMPTZ)");
      values.add(to.toString());
    }
    return sql.toString();
  }

  private static List<QuarantineEntry> entries(PreparedStatement statement) throws SQLException {
    List<QuarantineEntry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  private static QuarantineEntry entry(ResultSet rows) throws SQLException {
    int next = 1;
    BatchFolder folder = BatchFolder.parse(rows.getString(next++));
    long manifest = rows.getLong(next++);
    TableName table = TableName.parse(rows.getString(next++));
    State state = State.of(rows.getString(next++));
    String file = rows.getString(next++);
    String loadId = rows.getString(next++);
    long count = rows.getLong(next++);
    long bytes = rows.getLong(next++);
    Instant batchTime = Instant.ofEpochMilli(rows.getLong(next++));
    Instant since = Instant.ofEpochMilli(rows.getLong(next++));
    String by = rows.getString(next++);
    String reason = text(rows.getString(next++));
    long line = rows.getLong(next++);
    String column = text(rows.getString(next++));
    String value = text(rows.getString(next));
    return new QuarantineEntry(
        new BatchId(folder, manifest, table),
        state,
        file,
        loadId,
        count,
        bytes,
        batchTime,
        since,
        by,
        new LoadError(folder.uri(file), line, column, value, "", reason));
  }

  private static String text(String text) {
    return Optional.ofNullable(text).orElse("");
  }
}
