package io.sluice.loader.operate.backfill;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table that is backfilled.
 *
 * @param source the table that the manifests name
 * @param table the one that is loaded, most often the same
 * @param policy how much one load takes
 * @param windows when no load may begin
 * @param loader loads this table and no other
 */
public record BackfillTarget(
    TableName source,
    TableName table,
    LoadPolicy policy,
    List<MaintenanceWindow> windows,
    Loader loader) {
  public BackfillTarget {
    requireNonNull(source, "source");
    requireNonNull(table, "table");
    requireNonNull(policy, "policy");
    requireNonNull(loader, "loader");
    windows = List.copyOf(windows);
  }

  /** When the maintenance window ends that is open now; empty when none is. */
  Optional<Instant> closedUntil(Instant now) {
    return windows.stream()
        .flatMap(window -> window.endIfOpen(now).stream())
        .max(Instant::compareTo);
  }
}
