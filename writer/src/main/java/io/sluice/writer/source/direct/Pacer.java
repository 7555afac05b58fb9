package io.sluice.writer.source.direct;

import io.sluice.writer.source.DirectConfig.Pace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Says when a shard may be asked again: two token buckets, one of calls and one of bytes, each with
 * room for a second. An answer can be larger than the room: the next call waits until that debt is
 * paid, as Kinesis demands it. Safe for use by several threads.
 */
final class Pacer {
  private static final long SECOND = 1_000_000_000L;

  /** The pace of a shard is kept from interval to interval, whoever reads it in this JVM. */
  private static final Map<String, Pacer> SHARDS = new ConcurrentHashMap<>();

  private final Pace pace;
  private final LongSupplier nanos;
  private double bytes;
  private long refilledAt;
  private long nextCallAt;

  Pacer(Pace pace, LongSupplier nanos) {
    this.pace = pace;
    this.nanos = nanos;
    this.bytes = pace.bytes();
    this.refilledAt = nanos.getAsLong();
    this.nextCallAt = refilledAt;
  }

  /** The pacer of a shard in this JVM. */
  static Pacer of(String stream, String shard, Pace pace) {
    return SHARDS.compute(
        stream + " " + shard,
        (key, known) ->
            known != null && known.pace.equals(pace) ? known : new Pacer(pace, System::nanoTime));
  }

  /** A shard that has come to its end is not asked any more. */
  static void forget(String stream, String shard) {
    SHARDS.remove(stream + " " + shard);
  }

  /** How long the caller has to wait before its call, which is counted at once. */
  synchronized long claimCall() {
    long now = nanos.getAsLong();
    long wait = delay();
    nextCallAt = now + wait + (long) (SECOND / pace.calls());
    return wait;
  }

  /** How long a call would have to wait now. */
  synchronized long delay() {
    long now = nanos.getAsLong();
    return Math.max(Math.max(0, nextCallAt - now), untilPaid(now));
  }

  /** Counts what an answer held. */
  synchronized void received(long answered) {
    refill(nanos.getAsLong());
    bytes -= answered;
  }

  private long untilPaid(long now) {
    refill(now);
    return bytes > 0 ? 0 : (long) ((1 - bytes) / pace.bytes() * SECOND);
  }

  private void refill(long now) {
    bytes =
        Math.min(
            (double) pace.bytes(), bytes + (double) (now - refilledAt) / SECOND * pace.bytes());
    refilledAt = now;
  }
}
