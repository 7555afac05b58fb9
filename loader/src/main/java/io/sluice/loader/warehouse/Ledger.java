package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The ledger as it is read outside a load: what it shows as loaded stays loaded, what it does not
 * show may be on its way.
 *
 * <p>Every method throws {@link WarehouseException}. Safe for use by several threads.
 */
public interface Ledger {
  /** Those of {@code ids} that are loaded. */
  Set<BatchId> loaded(Collection<BatchId> ids);

  /**
   * Up to which manifest of this folder every batch is known to be loaded, table by table; a table
   * that is missing has not been looked at.
   */
  Map<TableName, Long> progress(BatchFolder folder);

  /** Notes that progress. It only saves work at the next start: losing it loses nothing. */
  void saveProgress(BatchFolder folder, Map<TableName, Long> progress);
}
