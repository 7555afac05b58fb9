package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that are paused, kept beside the ledger so that all loaders see them.
 *
 * <p>Every method throws {@link WarehouseException}. Safe for use by several threads.
 */
public interface Pauses {
  /** The pause of this table, if it is paused. */
  Optional<Pause> of(TableName table);

  /** All pauses, one a table at the most. */
  Map<TableName, Pause> all();

  /** Pauses a table from its next load on; one that is paused already gets this reason. */
  void pause(Pause pause);

  /** Ends a pause, if there is one. */
  void resume(TableName table);
}
