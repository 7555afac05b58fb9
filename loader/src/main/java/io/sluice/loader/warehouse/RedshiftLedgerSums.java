package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sums of the ledger in Redshift, each on a new connection, for commands. */
final class RedshiftLedgerSums implements LedgerSums {
  private static final double MILLIS = 1000;

  /** The rows of one load are made within less, so that a boundary cuts none in two. */
  private static final Duration A_LOAD = Duration.ofMinutes(5);

  private static final String LOADED = " AND state IN (" + State.list(State::isLoaded) + ")";
  private static final String ASIDE = " AND state IN (" + State.list(State::isOpen) + ")";

  /** What was in quarantine is loaded by a load of its own, which has no batch. */
  private static final String BATCHES =
      "SUM(CASE WHEN state = '" + State.LOADED.text() + "' THEN 1 ELSE 0 END)";

  private final Connections connections;
  private final LedgerSchema schema;

  RedshiftLedgerSums(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  @Override
  public Map<TableName, Newest> newest(Collection<TableName> tables) {
    String select =
        "SELECT table_name, " + epoch("MAX(loaded_at)") + ", " + epoch("MAX(arrival_max)");
    Map<TableName, Newest> newest = new TreeMap<>();
    ask(
        tables,
        select,
        LOADED + " GROUP BY table_name",
        List.of(),
        row ->
            newest.merge(
                table(row),
                new Newest(instant(row, 2), instant(row, 3)),
                RedshiftLedgerSums::newer));
    return newest;
  }

  @Override
  public List<LoadSum> loads(Collection<TableName> tables, Instant from, Instant to) {
    String select =
        "SELECT table_name, load_id, "
            + BATCHES
            + ", SUM(row_count), SUM(byte_count), SUM(file_count), "
            + epoch("MAX(loaded_at)");
    String within =
        LOADED
            + " AND loaded_at >= CAST(? AS TIMESTAMPTZ) AND loaded_at < CAST(? AS TIMESTAMPTZ)"
            + " GROUP BY table_name, load_id";
    List<LoadSum> loads = new ArrayList<>();
    ask(
        tables,
        select,
        within,
        List.of(from.minus(A_LOAD).toString(), to.plus(A_LOAD).toString()),
        row -> {
          LoadSum load = load(row);
          if (!load.loadedAt().isBefore(from) && load.loadedAt().isBefore(to)) {
            loads.add(load);
          }
        });
    loads.sort(java.util.Comparator.comparing(LoadSum::loadedAt).thenComparing(LoadSum::loadId));
    return loads;
  }

  @Override
  public Map<TableName, SetAside> setAside(Collection<TableName> tables) {
    Map<TableName, SetAside> aside = new TreeMap<>();
    ask(
        tables,
        "SELECT table_name, COUNT(*), SUM(row_count)",
        ASIDE + " GROUP BY table_name",
        List.of(),
        row ->
            aside.merge(
                table(row),
                new SetAside(row.getLong(2), row.getLong(3)),
                (a, b) -> new SetAside(a.files() + b.files(), a.rows() + b.rows())));
    return aside;
  }

  /** {@code values} are bound in each ledger's part behind its tables. */
  private void ask(
      Collection<TableName> tables,
      String select,
      String rest,
      List<String> values,
      RowReader reader) {
    if (tables.isEmpty()) {
      return;
    }
    Map<String, Set<TableName>> ledgers = schema.ledgers(tables);
    String sql =
        ledgers.entrySet().stream()
            .map(ledger -> select + from(ledger.getKey(), ledger.getValue()) + rest)
            .collect(Collectors.joining(" UNION ALL "));
    try (Connection connection = connections.openNow();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, ledgers.values(), values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("sum up the ledger", e);
    }
  }

  private static String from(String ledger, Set<TableName> tables) {
    return " FROM %s WHERE table_name IN (%s)"
        .formatted(ledger, String.join(", ", Collections.nCopies(tables.size(), "?")));
  }

  private static void bind(
      PreparedStatement statement, Collection<Set<TableName>> ledgers, List<String> values)
      throws SQLException {
    int next = 1;
    for (Set<TableName> tables : ledgers) {
      for (TableName table : tables) {
        statement.setString(next++, table.toString());
      }
      for (String value : values) {
        statement.setString(next++, value);
      }
    }
  }

  /** A moment that both the driver and every session's time zone leave alone. */
  private static String epoch(String moment) {
    return "CAST(EXTRACT(EPOCH FROM " + moment + ") AS DOUBLE PRECISION)";
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(Math.round(row.getDouble(column) * MILLIS));
  }

  private static TableName table(ResultSet row) throws SQLException {
    return TableName.parse(row.getString(1));
  }

  private static LoadSum load(ResultSet row) throws SQLException {
    return new LoadSum(
        table(row),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        instant(row, 7));
  }

  private static Newest newer(Newest a, Newest b) {
    return new Newest(
        a.loadedAt().isAfter(b.loadedAt()) ? a.loadedAt() : b.loadedAt(),
        a.arrivalMax().isAfter(b.arrivalMax()) ? a.arrivalMax() : b.arrivalMax());
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
