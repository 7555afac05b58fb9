package io.sluice.loader.plan.simulation;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the writer lands for one table: a batch every ten seconds, more by day, and bursts. */
final class Traffic {
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** From the end of an interval to its message: the writer's commit and the queue. */
  static final Duration ANNOUNCED = Duration.ofSeconds(2);

  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final long BYTES = 8L << 20;
  private static final Duration BURST = Duration.ofMinutes(10);
  private static final int BURST_FACTOR = 8;
  private static final int FILES = 4;

  private final TableName table;
  private final double share;
  private final double burstChance;
  private final Random random;
  private Instant burstEnd = Instant.MIN;
  private long number;

  Traffic(int rank, double burstsAnHour, Random random) {
    this.table = TableName.parse("table_%02d".formatted(rank));
    this.share = 1.0 / rank;
    this.burstChance = burstsAnHour * INTERVAL.toSeconds() / Duration.ofHours(1).toSeconds();
    this.random = random;
  }

  TableName table() {
    return table;
  }

  /** The batch of the interval that ends now. */
  PendingBatch batch(Duration timeOfDay, Instant now) {
    if (random.nextDouble() < burstChance) {
      burstEnd = now.plus(BURST);
    }
    double hours = timeOfDay.toSeconds() / 3600.0;
    double daily = 1 - 0.6 * StrictMath.cos(hours / 12 * StrictMath.PI);
    double burst = now.isBefore(burstEnd) ? BURST_FACTOR : 1;
    double noise = 0.5 + random.nextDouble();
    return batch(Math.max(1, (long) (BYTES * share * daily * burst * noise)), now);
  }

  /** Batches that have waited since before the day began. */
  List<PendingBatch> waiting(int count, Instant now) {
    List<PendingBatch> waiting = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      waiting.add(batch((long) (BYTES * share), now.minus(INTERVAL.multipliedBy(i))));
    }
    return waiting;
  }

  private PendingBatch batch(long bytes, Instant end) {
    number++;
    BatchId id = new BatchId(FOLDER, number, table);
    return new PendingBatch(
        id, bytes / 300 + 1, bytes, FILES, end, end.minus(INTERVAL), end.plus(ANNOUNCED));
  }
}
