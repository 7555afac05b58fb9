package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The ledger as a whole, for commands that look back. Safe for use by several threads. */
public interface LedgerHistory {
  /**
   * The rows of these tables' batches in a folder, in the order of manifests and then of tables:
   * read while they are asked for, so that the memory does not grow with their number. To be closed
   * by the caller.
   *
   * @param first the number of the first manifest
   * @param last that of the last one
   * @throws WarehouseException when the ledger cannot be read, also while the stream is
   */
  Stream<LedgerEntry> entries(
      BatchFolder folder, Collection<TableName> tables, long first, long last);

  /**
   * Those of these loads that the ledger has for this table, each whole, whatever folders its
   * batches are of. Asked for at once: not for more than some hundred.
   *
   * @throws WarehouseException when the ledger cannot be read
   */
  List<RecordedLoad> loads(TableName table, Collection<String> loadIds);
}
