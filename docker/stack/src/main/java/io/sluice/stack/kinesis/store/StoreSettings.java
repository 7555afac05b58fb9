package io.sluice.stack.kinesis.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How the streams behave.
 *
 * @param region the region in ARNs
 * @param account the account in ARNs and messages
 * @param transition how long a stream stays CREATING, UPDATING or DELETING
 * @param limits whether shards refuse what exceeds the throughput of a real shard
 * @param memory what the records of all streams may take, in bytes; then the oldest go
 * @param clock the time of arrivals, expiry and transitions
 */
public record StoreSettings(
    String region,
    String account,
    Duration transition,
    ShardLimits limits,
    long memory,
    InstantSource clock) {

  /** One answer of GetRecords and one PutRecords must have room. */
  public static final long MIN_MEMORY = 16L << 20;

  /** Whether shards have the throughput of real ones. */
  public enum ShardLimits {
    /** As fast as the machine goes. */
    NONE,
    /** 1 MiB and 1,000 records a second in, 2 MiB and 5 calls a second out. */
    REAL
  }

  /** Checks that nothing is missing. */
  public StoreSettings {
    requireNonNull(region, "region");
    requireNonNull(account, "account");
    requireNonNull(transition, "transition");
    requireNonNull(limits, "limits");
    requireNonNull(clock, "clock");
    if (memory < MIN_MEMORY) {
      throw new IllegalArgumentException(
          "the memory of Kinesis must be at least %d MiB, not %d bytes"
              .formatted(MIN_MEMORY >> 20, memory));
    }
  }
}
