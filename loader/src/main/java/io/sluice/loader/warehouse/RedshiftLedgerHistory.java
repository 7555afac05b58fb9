package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The ledger in Redshift, read by a cursor on a connection of its own. */
final class RedshiftLedgerHistory implements LedgerHistory {
  /** Rows a round trip; the driver hands out this many at a time only inside a transaction. */
  private static final int ROWS_A_FETCH = 5000;

  private final Connections connections;
  private final LedgerSchema schema;

  RedshiftLedgerHistory(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  @Override
  public Stream<LedgerEntry> entries(
      BatchFolder folder, Collection<TableName> tables, long first, long last) {
    if (tables.isEmpty()) {
      return Stream.empty();
    }
    Connection connection = connections.openNow();
    try {
      connection.setAutoCommit(false);
      Set<String> ledgers = new LinkedHashSet<>();
      tables.forEach(table -> ledgers.addAll(schema.ledgers(table)));
      PreparedStatement statement = connection.prepareStatement(sql(ledgers, tables.size()));
      statement.setFetchSize(ROWS_A_FETCH);
      int next = 1;
      for (int ledger = 0; ledger < ledgers.size(); ledger++) {
        statement.setString(next++, folder.toString());
        statement.setLong(next++, first);
        statement.setLong(next++, last);
        for (TableName table : tables) {
          statement.setString(next++, table.toString());
        }
      }
      return stream(new Cursor(statement.executeQuery())).onClose(() -> close(connection));
    } catch (SQLException e) {
      close(connection);
      throw SqlFailures.failed("read the ledger of " + folder, e);
    }
  }

  private static String sql(Set<String> ledgers, int tables) {
    String columns =
        "SELECT manifest_number, table_name, state, load_id, row_count, byte_count, file_count,"
            + " file_key FROM ";
    String where =
        " WHERE batch_folder = ? AND manifest_number BETWEEN ? AND ? AND table_name IN ("
            + String.join(", ", Collections.nCopies(tables, "?"))
            + ")";
    return ledgers.stream()
            .map(ledger -> columns + ledger + where)
            .collect(Collectors.joining(" UNION ALL "))
        + " ORDER BY 1, 2, 3, 8";
  }

  private static Stream<LedgerEntry> stream(Iterator<LedgerEntry> entries) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false);
  }

  private static void close(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw SqlFailures.failed("close a session that read the ledger", e);
    }
  }

  private static final class Cursor implements Iterator<LedgerEntry> {
    private final ResultSet rows;
    private boolean ahead;
    private boolean more;

    private Cursor(ResultSet rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!ahead) {
        try {
          more = rows.next();
        } catch (SQLException e) {
          throw SqlFailures.failed("read on in the ledger", e);
        }
        ahead = true;
      }
      return more;
    }

    @Override
    public LedgerEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the ledger has ended");
      }
      ahead = false;
      try {
        return new LedgerEntry(
            rows.getLong(1),
            TableName.parse(rows.getString(2)),
            LedgerEntry.State.of(rows.getString(3)),
            rows.getString(4),
            rows.getLong(5),
            rows.getLong(6),
            rows.getInt(7),
            Optional.ofNullable(rows.getString(8)));
      } catch (SQLException e) {
        throw SqlFailures.failed("read a row of the ledger", e);
      }
    }
  }
}
