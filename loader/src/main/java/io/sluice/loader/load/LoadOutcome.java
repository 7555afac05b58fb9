package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A load transaction that ended well.
 *
 * @param loaded the batches that it committed
 * @param known the batches that the ledger had already
 * @param quarantined files of the committed batches of which something cannot be loaded
 * @param files that were loaded, but for the rows in quarantine
 * @param rows that were loaded, as the warehouse counted them
 * @param bytes of the loaded files
 * @param duration from asking for the lock to the answer of the commit
 * @param oldestArrival when the earliest committed record reached the stream; null when nothing was
 *     committed
 * @param committedAt when the commit was answered
 * @param times where the time of the committed batches went
 */
public record LoadOutcome(
    String loadId,
    TableName table,
    List<BatchId> loaded,
    List<BatchId> known,
    List<QuarantinedFile> quarantined,
    int files,
    long rows,
    long bytes,
    Duration duration,
    Instant oldestArrival,
    Instant committedAt,
    LoadTimes times) {
  public LoadOutcome {
    requireNonNull(loadId, "loadId");
    requireNonNull(table, "table");
    requireNonNull(duration, "duration");
    requireNonNull(committedAt, "committedAt");
    requireNonNull(times, "times");
    loaded = List.copyOf(loaded);
    known = List.copyOf(known);
    quarantined = List.copyOf(quarantined);
  }

  /** All batches that are now certain to be in the ledger. */
  public List<BatchId> settled() {
    List<BatchId> settled = new ArrayList<>(loaded);
    settled.addAll(known);
    return settled;
  }

  /** Whether a COPY ran. */
  public boolean copied() {
    return files > 0;
  }

  /** From the arrival of the earliest record to the commit. */
  public Duration freshness() {
    return oldestArrival == null ? Duration.ZERO : Duration.between(oldestArrival, committedAt);
  }
}
