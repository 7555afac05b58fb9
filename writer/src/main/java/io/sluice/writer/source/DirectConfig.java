package io.sluice.writer.source;

import io.sluice.common.config.Settings;
import java.io.Serializable;

/**
 * How shards are read without receivers.
 *
 * @param limits of one shard in one interval
 * @param pace of the calls for one shard
 * @param prefetchBytes how much of one shard is read ahead, 0 for nothing
 */
public record DirectConfig(ReadLimits limits, Pace pace, long prefetchBytes)
    implements Serializable {
  /**
   * How fast one shard is read. Kinesis allows five reads and 2 MB a second and shard, shared by
   * all consumers but those of enhanced fan-out ("Quotas and limits" in the Amazon Kinesis Data
   * Streams Developer Guide).
   */
  public record Pace(double calls, long bytes) implements Serializable {
    static Pace read(Settings settings) {
      long calls = settings.number("calls", 5, 1, 1000);
      long bytes = settings.bytes("bytes", 2 << 20);
      return settings.valid(() -> new Pace(calls, bytes));
    }
  }

  /** Reads {@code limits}, {@code pace} and {@code prefetch.max-bytes} of a section. */
  static DirectConfig read(Settings settings) {
    ReadLimits limits = settings.section("limits", ReadLimits::read);
    Pace pace = settings.section("pace", Pace::read);
    long prefetch = settings.bytesOrZero("prefetch.max-bytes", 32 << 20);
    return settings.valid(() -> new DirectConfig(limits, pace, prefetch));
  }
}
