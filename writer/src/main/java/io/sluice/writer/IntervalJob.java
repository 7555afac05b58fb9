package io.sluice.writer;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.writer.commit.Committer;
import io.sluice.writer.land.LandSlices;
import io.sluice.writer.land.LandedSlice;
import io.sluice.writer.land.LandingPlan;
import io.sluice.writer.source.ShardSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of each batch interval, in the driver: lands the slices and commits what was landed.
 *
 * <p>Intervals come one after another. After one has failed no later one does anything: what it had
 * read is read again by the next run.
 */
final class IntervalJob {
  private static final Logger log = LoggerFactory.getLogger(IntervalJob.class);

  private final LandingPlan plan;
  private final Committer committer;
  private final Duration interval;
  private Instant lastBatchTime;
  private Throwable failure;

  IntervalJob(LandingPlan plan, Committer committer, Duration interval) {
    this.plan = plan;
    this.committer = committer;
    this.interval = interval;
  }

  /**
   * Runs one interval. Spark calls it in the order of the batch times, since {@code concurrentJobs}
   * is 1.
   */
  synchronized void run(JavaRDD<ShardSlice> slices, Instant batchTime) {
    if (failure != null) {
      throw new IllegalStateException(
          "interval " + batchTime + " is not run, for an earlier one has failed", failure);
    }
    try {
      requireNext(batchTime);
      long start = System.nanoTime();
      List<LandedSlice> landed = slices.mapPartitions(new LandSlices(plan, batchTime)).collect();
      Optional<Manifest> manifest = committer.commit(batchTime, landed);
      manifest.ifPresent(m -> report(m, Duration.ofNanos(System.nanoTime() - start), landed));
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  private void requireNext(Instant batchTime) {
    if (lastBatchTime != null && !batchTime.equals(lastBatchTime.plus(interval))) {
      throw new IllegalStateException(
          "interval %s does not follow %s by %s".formatted(batchTime, lastBatchTime, interval));
    }
    lastBatchTime = batchTime;
  }

  private static void report(Manifest manifest, Duration took, List<LandedSlice> landed) {
    Duration behind =
        landed.stream()
            .map(slice -> slice.end().behind())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    log.info(
        "manifest {}: interval {}, {} records, {} rows in {} files, {} bytes, {} rejects, {} ms, {} ms behind",
        manifest.number(),
        manifest.batchTime(),
        manifest.sources().stream().mapToLong(SourceProgress::records).sum(),
        manifest.batches().stream().mapToLong(Batch::rows).sum(),
        manifest.batches().stream().mapToInt(batch -> batch.files().size()).sum(),
        manifest.batches().stream().mapToLong(Batch::bytes).sum(),
        manifest.rejects().records(),
        took.toMillis(),
        behind.toMillis());
  }
}
