package io.sluice.stack;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;

/**
 * How much Kinesis takes and keeps.
 *
 * @param shardLimits whether shards have the throughput of real ones
 * @param memory what the records of all streams may take, in bytes; then the oldest go
 */
public record KinesisBounds(ShardLimits shardLimits, long memory) {
  /** Checks that the memory is enough to work with. */
  public KinesisBounds {
    requireNonNull(shardLimits, "shardLimits");
    if (memory < StoreSettings.MIN_MEMORY) {
      throw new IllegalArgumentException(
          "the memory of Kinesis must be at least %d MiB, not %d bytes"
              .formatted(StoreSettings.MIN_MEMORY >> 20, memory));
    }
  }

  /**
   * No limits, and half of the heap: S3's objects, if in memory, and everybody's requests take the
   * rest.
   */
  static KinesisBounds defaults() {
    return new KinesisBounds(
        ShardLimits.NONE, Math.max(StoreSettings.MIN_MEMORY, Runtime.getRuntime().maxMemory() / 2));
  }
}
