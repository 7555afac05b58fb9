package io.sluice.loader.warehouse;

import io.sluice.loader.warehouse.LedgerEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes out what loads brought into a table, in the transaction of the load that brings it again.
 * Where table and ledger differ nothing is taken out: somebody has changed the table by hand, and
 * only a person can tell what is to become of that.
 */
final class Undo {
  private final Connection connection;
  private final TableSettings table;
  private final LedgerSchema schema;

  Undo(Connection connection, TableSettings table, LedgerSchema schema) {
    this.connection = connection;
    this.table = table;
    this.schema = schema;
  }

  void run(Collection<String> loadIds, MissingRows missing) throws SQLException {
    String column =
        Identifiers.quoted(
            table
                .loadColumn()
                .orElseThrow(
                    () ->
                        failure(
                            table.name() + " has no load-column to tell the rows of a load by",
                            "load into another table, and swap the two")));
    List<String> loads = List.copyOf(loadIds);
    String in = " IN (" + String.join(", ", Collections.nCopies(loads.size(), "?")) + ")";
    requireWholeBatches(in, loads);
    requireAsTheLedgerSays(column, in, loads, missing);
    delete("DELETE FROM " + table.name() + " WHERE " + column + in, loads);
    for (String ledger : schema.ledgers(table.name())) {
      delete(
          "DELETE FROM %s WHERE table_name = %s AND load_id%s"
              .formatted(ledger, Identifiers.literal(table.name().toString()), in),
          loads);
    }
  }

  /** A batch comes again whole, so nothing of it may be in the table by another load. */
  private void requireWholeBatches(String in, List<String> loads) throws SQLException {
    String ledger =
        schema.ledgers(table.name()).stream()
            .map(
                name ->
                    "SELECT batch_folder, manifest_number, load_id FROM %s WHERE table_name = %s"
                        .formatted(name, Identifiers.literal(table.name().toString())))
            .collect(Collectors.joining(" UNION ALL "));
    String others =
        "SELECT MIN(others.load_id) FROM (%s) AS others JOIN (%s) AS these"
            + " ON others.batch_folder = these.batch_folder"
            + " AND others.manifest_number = these.manifest_number"
            + " WHERE these.load_id%s AND others.load_id NOT%s";
    List<String> twice = new ArrayList<>(loads);
    twice.addAll(loads);
    try (PreparedStatement statement = bound(others.formatted(ledger, ledger, in, in), twice);
        ResultSet row = statement.executeQuery()) {
      if (row.next() && row.getString(1) != null) {
        throw failure(
            "files of these batches came into %s by load %s as well: nothing is replaced"
                .formatted(table.name(), row.getString(1)),
            "replace a range with that load, or load into another table, and swap the two");
      }
    }
  }

  private void requireAsTheLedgerSays(
      String column, String in, List<String> loads, MissingRows missing) throws SQLException {
    Map<String, Long> entered = new TreeMap<>();
    for (String ledger : schema.ledgers(table.name())) {
      count(
          "SELECT load_id, SUM(row_count) FROM %s WHERE table_name = %s AND state IN (%s) AND load_id%s GROUP BY load_id"
              .formatted(
                  ledger,
                  Identifiers.literal(table.name().toString()),
                  State.list(State::isLoaded),
                  in),
          loads,
          entered);
    }
    Map<String, Long> present = new TreeMap<>();
    count(
        "SELECT %s, COUNT(*) FROM %s WHERE %s%s GROUP BY %s"
            .formatted(column, table.name(), column, in, column),
        loads,
        present);
    boolean anyGone = false;
    for (String load : loads) {
      long expected = entered.getOrDefault(load, 0L);
      long found = present.getOrDefault(load, 0L);
      boolean gone = found < expected && missing == MissingRows.ACCEPTED;
      anyGone |= gone;
      if (expected != found && !gone) {
        throw failure(
            "%s has %d rows of load %s and the ledger says %d: nothing is replaced"
                .formatted(table.name(), found, load, expected),
            found < expected
                ? "find out who changed the table; if the rows are gone for good, say --rows-gone"
                : "find out who changed the table; or load into another table, and swap the two");
      }
    }
    if (anyGone) {
      requireNoOthers(column);
    }
  }

  /** Rows that were loaded before the table had its load column are not gone: they name no load. */
  private void requireNoOthers(String column) throws SQLException {
    String known =
        schema.ledgers(table.name()).stream()
            .map(
                ledger ->
                    "%s NOT IN (SELECT load_id FROM %s WHERE table_name = %s)"
                        .formatted(column, ledger, Identifiers.literal(table.name().toString())))
            .collect(Collectors.joining(" AND "));
    String sql =
        "SELECT COUNT(*) FROM %s WHERE %s IS NULL OR (%s)".formatted(table.name(), column, known);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getLong(1) > 0) {
        throw failure(
            "%s has %d rows that name no load of the ledger, and they may be those that are missing: nothing is replaced"
                .formatted(table.name(), row.getLong(1)),
            "find out where they are from: what was loaded before the table had its load column must be deleted or given its load first;"
                + " or load into another table, and swap the two");
      }
    }
  }

  private void count(String sql, List<String> loads, Map<String, Long> counts) throws SQLException {
    try (PreparedStatement statement = bound(sql, loads);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.merge(rows.getString(1), rows.getLong(2), Long::sum);
      }
    }
  }

  private void delete(String sql, List<String> loads) throws SQLException {
    try (PreparedStatement statement = bound(sql, loads)) {
      statement.executeUpdate();
    }
  }

  private PreparedStatement bound(String sql, List<String> loads) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < loads.size(); i++) {
        statement.setString(i + 1, loads.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static WarehouseException failure(String message, String remedy) {
    return new WarehouseException(FailureKind.MISCONFIGURED, message, remedy, null);
  }
}
