package io.sluice.writer.source;

import io.sluice.common.config.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How much one task takes from one shard in one batch interval at the most.
 *
 * @param records user records, exceeded only by what the last record was aggregated from
 * @param bytes of data, exceeded by at most one answer of Kinesis (10 MiB)
 * @param time spent reading
 */
public record ReadLimits(long records, long bytes, Duration time) implements Serializable {
  /**
   * Reads {@code max-records}, {@code max-bytes} and {@code max-time}, each for a shard and an
   * interval.
   */
  public static ReadLimits read(Settings settings) {
    long records = settings.number("max-records", 200_000, 1, Integer.MAX_VALUE);
    long bytes = settings.bytes("max-bytes", 64L << 20);
    Duration time = settings.duration("max-time", Duration.ofSeconds(30));
    return settings.valid(() -> new ReadLimits(records, bytes, time));
  }
}
