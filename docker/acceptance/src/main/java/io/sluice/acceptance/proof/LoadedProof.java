package io.sluice.acceptance.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;

/**
 * The loader's half of the proof: the table has every good record once, and the ledger has every
 * batch of the log.
 *
 * @param differences what is not as it should be
 * @param rows rows in the table
 */
public record LoadedProof(List<String> differences, long rows) {
  private static final int ROWS_A_FETCH = 10_000;

  public LoadedProof {
    differences = List.copyOf(differences);
  }

  /**
   * Looks at table and ledger.
   *
   * @param warehouse a connection of the caller's, in a transaction of its own afterwards
   * @param table the table with a column {@code id}
   * @param landed the writer's half, which the ledger must agree with
   */
  public static LoadedProof of(
      Connection warehouse, String table, Expectation expected, LandedProof landed)
      throws SQLException {
    Differences differences = new Differences();
    // Without a transaction the driver would hold every row in memory.
    warehouse.setAutoCommit(false);
    long rows = checkIds(warehouse, table, expected, differences);
    differences.unlessEqual("rows in the table", rows, landed.rows());
    try (Statement statement = warehouse.createStatement();
        ResultSet ledger =
            statement.executeQuery(
                "select count(*), count(distinct manifest_number), sum(row_count) from sluice.ledger")) {
      ledger.next();
      differences.unlessEqual("batches in the ledger", ledger.getLong(1), landed.batches());
      differences.unlessEqual("manifests in the ledger", ledger.getLong(2), landed.batches());
      differences.unlessEqual("rows in the ledger", ledger.getLong(3), landed.rows());
    }
    return new LoadedProof(differences.list(), rows);
  }

  private static long checkIds(
      Connection warehouse, String table, Expectation expected, Differences differences)
      throws SQLException {
    BitSet seen = new BitSet();
    long rows = 0;
    try (Statement statement = warehouse.createStatement()) {
      statement.setFetchSize(ROWS_A_FETCH);
      try (ResultSet ids = statement.executeQuery("select id from " + table)) {
        while (ids.next()) {
          long id = ids.getLong(1);
          rows++;
          if (id < 0 || id >= expected.records() || expected.rejectReason(id).isPresent()) {
            differences.add("foreign row in the table", "id %d".formatted(id));
          } else if (seen.get((int) id)) {
            differences.add("double row in the table", "id %d".formatted(id));
          } else {
            seen.set((int) id);
          }
        }
      }
    }
    for (int id = 0; id < expected.records(); id++) {
      if (!seen.get(id) && expected.rejectReason(id).isEmpty()) {
        differences.add("row missing in the table", "id %d".formatted(id));
      }
    }
    return rows;
  }
}
