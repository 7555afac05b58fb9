package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What the ledger has of files in quarantine. Safe for use by several threads. */
public interface Quarantine {
  /**
   * The files in quarantine, and those that were, in the order of tables, folders, manifests and
   * keys.
   *
   * @param from of batch intervals at this time or later; null for all
   * @param to of those before this time; null for all
   * @throws WarehouseException when the ledger cannot be read
   */
  List<QuarantineEntry> entries(Collection<TableName> tables, Instant from, Instant to);
}
