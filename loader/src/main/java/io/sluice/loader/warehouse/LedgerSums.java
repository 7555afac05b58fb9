package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the ledger tells of tables and loads, in sums.
 *
 * <p>Every method throws {@link WarehouseException}. Safe for use by several threads.
 */
public interface LedgerSums {
  /**
   * The newest that a table has.
   *
   * @param loadedAt when its last load was entered
   * @param arrivalMax when the latest of all its records reached the stream
   */
  record Newest(Instant loadedAt, Instant arrivalMax) {
    public Newest {
      requireNonNull(loadedAt, "loadedAt");
      requireNonNull(arrivalMax, "arrivalMax");
    }
  }

  /**
   * What of a table is in quarantine.
   *
   * @param files of which all or some rows are
   * @param rows in them that are not in the table
   */
  record SetAside(long files, long rows) {}

  /** The newest of each of these tables; a table that was never loaded is missing. */
  Map<TableName, Newest> newest(Collection<TableName> tables);

  /**
   * The loads of these tables that were entered at {@code from} or later and before {@code to}, the
   * oldest first.
   */
  List<LoadSum> loads(Collection<TableName> tables, Instant from, Instant to);

  /** What of each of these tables is in quarantine; a table that has nothing there is missing. */
  Map<TableName, SetAside> setAside(Collection<TableName> tables);
}
