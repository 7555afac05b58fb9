package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.health.RunningLoader;
import io.sluice.loader.intake.QueueDepth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How all is at one moment.
 *
 * @param at that moment
 * @param queue empty when the queue does not answer
 * @param loader the loader on this machine, empty when none answers
 * @param tables in the order of the settings
 * @param notes what could not be told, and why
 */
public record StatusReport(
    Instant at,
    Optional<QueueDepth> queue,
    Optional<RunningLoader> loader,
    List<TableStatus> tables,
    List<String> notes) {
  public StatusReport {
    requireNonNull(at, "at");
    requireNonNull(queue, "queue");
    requireNonNull(loader, "loader");
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
  }
}
