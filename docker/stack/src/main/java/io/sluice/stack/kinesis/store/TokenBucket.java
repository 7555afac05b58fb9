package io.sluice.stack.kinesis.store;

import java.time.Instant;

/**
 * A rate with one second's worth of burst. Not thread-safe: its shard's lock guards it.
 *
 * <p>What is taken may exceed what is left, and the debt then refuses later calls: as in Kinesis,
 * where a read of 10 MiB blocks a shard's reads for five seconds.
 */
final class TokenBucket {
  private final double perSecond;
  private double tokens;
  private Instant filledAt;

  TokenBucket(double perSecond, Instant now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.filledAt = now;
  }

  boolean has(double wanted, Instant now) {
    fill(now);
    return tokens >= wanted;
  }

  void take(double taken) {
    tokens -= taken;
  }

  private void fill(Instant now) {
    long millis = Math.max(0, now.toEpochMilli() - filledAt.toEpochMilli());
    tokens = Math.min(perSecond, tokens + perSecond * millis / 1000.0);
    filledAt = now;
  }
}
