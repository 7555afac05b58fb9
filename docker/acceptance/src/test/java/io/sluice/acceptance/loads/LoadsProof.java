package io.sluice.acceptance.loads;

import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds tables, ledger and dead letters against what was landed. */
final class LoadsProof {
  private static final Duration RECONCILED_WITHIN = Duration.ofMinutes(2);

  private final LoadPlace place;
  private final LandedBatches landed;

  LoadsProof(LoadPlace place, LandedBatches landed) {
    this.place = place;
    this.landed = landed;
  }

  /** Whether the ledger has as many batches as were landed. */
  boolean isLoaded() {
    try (Connection connection = place.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("select count(*) from sluice.ledger where state = 'loaded'")) {
      count.next();
      return count.getLong(1) >= landed.batches();
    } catch (SQLException e) {
      // A restart of the warehouse is one of the faults.
      return false;
    }
  }

  /** What is not as it should be. */
  List<String> differences() throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Connection connection = place.clients().warehouse()) {
      for (TableName table : place.tables()) {
        checkRows(connection, table, differences);
      }
      checkBatches(connection, differences);
      checkQuarantine(connection, differences);
    }
    checkNotes(differences);
    checkDeadLetters(differences);
    checkReconcile(differences);
    return differences;
  }

  private void checkRows(Connection connection, TableName table, List<String> differences)
      throws SQLException {
    Set<Long> missing = new HashSet<>(landed.good(table));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id from " + table)) {
      while (rows.next()) {
        if (!missing.remove(rows.getLong(1))) {
          differences.add("double or foreign row in %s: %d".formatted(table, rows.getLong(1)));
        }
      }
    }
    missing.forEach(id -> differences.add("missing row in %s: %d".formatted(table, id)));
  }

  private void checkBatches(Connection connection, List<String> differences) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*), count(distinct table_name || manifest_number), sum(row_count)"
                    + " from sluice.ledger where state = 'loaded'")) {
      rows.next();
      if (rows.getLong(1) != landed.batches() || rows.getLong(2) != landed.batches()) {
        differences.add(
            "%d batches in the ledger, %d different ones, %d landed"
                .formatted(rows.getLong(1), rows.getLong(2), landed.batches()));
      }
      if (rows.getLong(3) != landed.goodRows()) {
        differences.add(
            "%d rows in the ledger, %d good ones".formatted(rows.getLong(3), landed.goodRows()));
      }
    }
  }

  private void checkQuarantine(Connection connection, List<String> differences)
      throws SQLException {
    Map<String, LandedBatches.BadFile> left = new HashMap<>(landed.bad());
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select file_key, table_name, error_line, error_column, error_value, reason"
                    + " from sluice.ledger where state = 'quarantined'")) {
      while (rows.next()) {
        String key = rows.getString(1);
        LandedBatches.BadFile bad = left.remove(key);
        if (bad == null) {
          differences.add("in quarantine twice or without need: " + key);
        } else if (!bad.table().toString().equals(rows.getString(2))
            || bad.line() != rows.getInt(3)
            || !"id".equals(rows.getString(4))
            || !"no-number".equals(rows.getString(5))
            || !rows.getString(6).contains("Invalid digit")) {
          differences.add(
              "wrong reason of %s: line %d, column %s, value %s, %s"
                  .formatted(
                      key,
                      rows.getInt(3),
                      rows.getString(4),
                      rows.getString(5),
                      rows.getString(6)));
        }
      }
    }
    left.keySet().forEach(key -> differences.add("not in quarantine: " + key));
  }

  /** A note may be missing after a crash between commit and note, but none tells of a good file. */
  private void checkNotes(List<String> differences) {
    String suffix = ".quarantine.json";
    place.clients().s3().listObjectsV2(LoadPlace.FOLDER.bucket()).getObjectSummaries().stream()
        .map(object -> object.getKey())
        .filter(key -> key.endsWith(suffix))
        .map(key -> key.substring(0, key.length() - suffix.length()))
        .filter(
            key ->
                landed.bad().keySet().stream()
                    .noneMatch(bad -> LoadPlace.FOLDER.key(bad).equals(key)))
        .forEach(key -> differences.add("a note beside a good file: " + key));
  }

  /** What the loader's own proof says; these manifests name no records that were read. */
  private void checkReconcile(List<String> differences) {
    try (ChildProcess reconcile =
        place.loader("reconcile", "reconcile", "--grace", "0s", "--any-rows")) {
      if (reconcile.awaitExit(RECONCILED_WITHIN) != 0) {
        differences.add("reconcile: " + reconcile.logTail());
      }
    }
  }

  private void checkDeadLetters(List<String> differences) {
    int reasons = place.takeDeadLetters().size();
    // A message that was set aside and whose deletion failed is set aside again.
    if (reasons < landed.foreign()) {
      differences.add(
          "%d messages nobody can use, %d dead letters".formatted(landed.foreign(), reasons));
    }
  }
}
