package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The ledger in Redshift, read in stretches of so many manifests. One long cursor would hold a slot
 * of the workload management for as long as the caller takes, and could run out of its time; the
 * driver's own buffer takes up to a gigabyte.
 */
final class RedshiftLedgerHistory implements LedgerHistory {
  /** Manifests a query: with a few hundred tables that is some hundred thousand rows. */
  private static final int STRETCH = 2000;

  private static final String WHERE =
      " WHERE batch_folder = ? AND manifest_number BETWEEN ? AND ? AND table_name IN (";

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
    Question question = new Question(folder, schema.ledgers(tables));
    Connection connection = connections.openNow();
    Entries entries = new Entries(connection, question, first, last);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false)
        .onClose(() -> close(connection));
  }

  @Override
  public List<RecordedLoad> loads(TableName table, Collection<String> loadIds) {
    if (loadIds.isEmpty()) {
      return List.of();
    }
    try (Connection connection = connections.openNow()) {
      return new RecordedLoads(connection, schema).of(table, loadIds);
    } catch (SQLException e) {
      throw SqlFailures.failed("read the loads of " + table + " back from the ledger", e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailures.failed("close a session that read the ledger", e);
    }
  }

  /** What is asked of which ledgers. */
  private record Question(BatchFolder folder, Map<String, Set<TableName>> ledgers) {
    long lastManifest(Connection connection, long first, long last) throws SQLException {
      String sql =
          "SELECT MAX(n) FROM (" + union("SELECT MAX(manifest_number) AS n FROM ") + ") AS ledgers";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, first, last);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          return rows.getLong(1);
        }
      }
    }

    List<LedgerEntry> entries(Connection connection, long first, long last) throws SQLException {
      String sql =
          union(
                  "SELECT manifest_number, table_name, state, load_id, row_count, byte_count,"
                      + " file_count, file_key FROM ")
              + " ORDER BY 1, 2, 3, 8";
      List<LedgerEntry> entries = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, first, last);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            entries.add(entry(rows));
          }
        }
      }
      return entries;
    }

    private String union(String select) {
      return ledgers.entrySet().stream()
          .map(ledger -> select + ledger.getKey() + WHERE + places(ledger.getValue()) + ")")
          .collect(Collectors.joining(" UNION ALL "));
    }

    private static String places(Set<TableName> tables) {
      return String.join(", ", Collections.nCopies(tables.size(), "?"));
    }

    private void bind(PreparedStatement statement, long first, long last) throws SQLException {
      int next = 1;
      for (Set<TableName> tables : ledgers.values()) {
        statement.setString(next++, folder.toString());
        statement.setLong(next++, first);
        statement.setLong(next++, last);
        for (TableName table : tables) {
          statement.setString(next++, table.toString());
        }
      }
    }

    private static LedgerEntry entry(ResultSet rows) throws SQLException {
      return new LedgerEntry(
          rows.getLong(1),
          TableName.parse(rows.getString(2)),
          LedgerEntry.State.of(rows.getString(3)),
          rows.getString(4),
          rows.getLong(5),
          rows.getLong(6),
          rows.getInt(7),
          Optional.ofNullable(rows.getString(8)));
    }
  }

  private static final class Entries implements Iterator<LedgerEntry> {
    private final Connection connection;
    private final Question question;
    private final long last;
    private Iterator<LedgerEntry> stretch = Collections.emptyIterator();

    /** The first manifest that is not read yet. */
    private long next;

    private Entries(Connection connection, Question question, long first, long last) {
      this.connection = connection;
      this.question = question;
      this.next = first;
      try {
        this.last = question.lastManifest(connection, first, last);
      } catch (SQLException e) {
        throw SqlFailures.failed("read the ledger of " + question.folder(), e);
      }
    }

    @Override
    public boolean hasNext() {
      while (!stretch.hasNext() && next <= last) {
        long end = Math.min(last, next + STRETCH - 1);
        try {
          stretch = question.entries(connection, next, end).iterator();
        } catch (SQLException e) {
          throw SqlFailures.failed("read the ledger of " + question.folder(), e);
        }
        next = end + 1;
      }
      return stretch.hasNext();
    }

    @Override
    public LedgerEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the ledger has ended");
      }
      return stretch.next();
    }
  }
}
