package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.store.SourceBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Where the time of a load went.
 *
 * @param begun when the load was asked for, before its connection and its lock
 * @param copy how long COPY itself took; zero when none ran
 * @param copiedAt when COPY was answered; {@code begun} when none ran
 * @param batches the way of each committed batch up to the queue
 */
public record LoadTimes(Instant begun, Duration copy, Instant copiedAt, List<BatchTimes> batches) {
  public LoadTimes {
    requireNonNull(begun, "begun");
    requireNonNull(copy, "copy");
    requireNonNull(copiedAt, "copiedAt");
    batches = List.copyOf(batches);
  }

  static LoadTimes withoutCopy(Instant begun) {
    return new LoadTimes(begun, Duration.ZERO, begun, List.of());
  }

  LoadTimes copied(Duration copy, Instant copiedAt, Collection<SourceBatch> batches) {
    return new LoadTimes(begun, copy, copiedAt, batches.stream().map(BatchTimes::of).toList());
  }

  /**
   * The way of a batch up to the queue. The first two are told by the stream's clock and the
   * writer's.
   *
   * @param arrivalMin when its earliest record reached the stream
   * @param batchTime the time of its batch interval
   * @param createdAt when its manifest was written
   */
  public record BatchTimes(Instant arrivalMin, Instant batchTime, Instant createdAt) {
    private static BatchTimes of(SourceBatch batch) {
      return new BatchTimes(batch.batch().arrivalMin(), batch.batchTime(), batch.createdAt());
    }
  }
}
