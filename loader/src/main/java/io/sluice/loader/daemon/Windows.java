package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.MaintenanceWindow;
import java.util.List;
import java.util.Map;

/**
 * The maintenance windows of the settings.
 *
 * @param all those of all tables
 * @param own those that a table has besides
 */
public record Windows(List<MaintenanceWindow> all, Map<TableName, List<MaintenanceWindow>> own) {
  public Windows {
    all = List.copyOf(all);
    own = Map.copyOf(own);
  }

  /** What one table has besides those of all. */
  public List<MaintenanceWindow> of(TableName table) {
    return own.getOrDefault(table, List.of());
  }
}
