package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the settings say of when a table is loaded.
 *
 * @param windows the maintenance windows that hold for it, those of all tables too
 * @param objective the longest that a record of it should wait, if they say so
 */
public record TableRules(
    LoadPolicy policy, List<MaintenanceWindow> windows, Optional<Duration> objective) {
  public TableRules {
    requireNonNull(policy, "policy");
    requireNonNull(objective, "objective");
    windows = List.copyOf(windows);
  }

  /** When the maintenance window ends that keeps the table back; empty when none does. */
  Optional<Instant> closedUntil(Instant now) {
    return windows.stream()
        .flatMap(window -> window.endIfOpen(now).stream())
        .max(Instant::compareTo);
  }
}
