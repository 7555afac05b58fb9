package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.time.Duration;

/**
 * When a table is loaded and how much at once.
 *
 * <p>The defaults follow the practice that AWS and the field report: a micro-batch every two
 * minutes or more a table, for below that commits contend.
 *
 * @param maxWait how long a batch may wait for others to share its COPY
 * @param minInterval the least time from the start of one COPY of the table to the start of the
 *     next; zero for none at all
 * @param maxInterval how far the time that its COPYs take may stretch that, see {@link Pace}; no
 *     longer than {@code minInterval} for not at all
 * @param maxBytes the most bytes of one COPY, as they lie in S3; reaching it makes a load due
 * @param maxFiles the most files of one COPY; reaching it makes a load due
 * @param maxBatches the most batches of one COPY; reaching it makes a load due
 */
public record LoadPolicy(
    Duration maxWait,
    Duration minInterval,
    Duration maxInterval,
    long maxBytes,
    long maxFiles,
    int maxBatches) {
  /** What holds where the settings say nothing. */
  public static final LoadPolicy DEFAULT =
      new LoadPolicy(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(15),
          1L << 30,
          10_000,
          500);

  public LoadPolicy {
    requireNonNull(maxWait, "maxWait");
    requireNonNull(minInterval, "minInterval");
    requireNonNull(maxInterval, "maxInterval");
  }

  /** A policy whose interval does not follow the COPYs. */
  public LoadPolicy(
      Duration maxWait, Duration minInterval, long maxBytes, long maxFiles, int maxBatches) {
    this(maxWait, minInterval, minInterval, maxBytes, maxFiles, maxBatches);
  }

  /** Reads a section {@code copy { ... }}; what it leaves out is taken from {@code defaults}. */
  public static LoadPolicy read(Settings settings, LoadPolicy defaults) {
    Duration maxWait = settings.durationOrZero("max-wait", defaults.maxWait());
    Duration minInterval = settings.durationOrZero("min-interval", defaults.minInterval());
    Duration maxInterval = settings.durationOrZero("max-interval", defaults.maxInterval());
    long maxBytes = settings.bytes("max-bytes", defaults.maxBytes());
    long maxFiles = settings.number("max-files", defaults.maxFiles(), 1, 1_000_000);
    long maxBatches = settings.number("max-batches", defaults.maxBatches(), 1, 10_000);
    return new LoadPolicy(maxWait, minInterval, maxInterval, maxBytes, maxFiles, (int) maxBatches);
  }

  /** The same policy with at most {@code batches} in a load. */
  public LoadPolicy withMaxBatches(int batches) {
    return new LoadPolicy(
        maxWait,
        minInterval,
        maxInterval,
        maxBytes,
        maxFiles,
        Math.max(1, Math.min(batches, maxBatches)));
  }
}
