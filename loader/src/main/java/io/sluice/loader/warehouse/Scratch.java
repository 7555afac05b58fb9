package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;

/**
 * A table that was made to be thrown away, with all that the loader keeps of it. Every method
 * throws {@link WarehouseException}.
 */
public interface Scratch {
  /** The rows of a table. */
  long rows(TableName table);

  /** Removes the table, its lock and its own ledger; none of them need be there. */
  void drop(TableName table);

  /** Removes what ledger and progress have of a batch folder and this table. */
  void forget(BatchFolder folder, TableName table);
}
