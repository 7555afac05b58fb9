package io.sluice.writer.source.direct;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this JVM has read ahead of its shards between two tasks, the threads that do it, and the
 * memory that it may take: an eighth of the heap for all shards together.
 *
 * <p>It only spares time. A feed is handed to a task that asks for exactly the mark at which the
 * feed stands, in the same run; every other one is thrown away. Safe for use by several threads.
 */
final class ReadAhead {
  /** Calls wait for the network most of the time. */
  private static final int THREADS = 32;

  /** The most that Kinesis gives in one answer. */
  private static final long ANSWER_BYTES = 10 << 20;

  private static final Duration SWEEP = Duration.ofSeconds(5);

  private static final ReadAhead OF_THIS_JVM =
      new ReadAhead(Math.max(2 * ANSWER_BYTES, Runtime.getRuntime().maxMemory() / 8));

  /** Whose feed it is: another attempt is another run of the writer. */
  record Place(String attempt, String stream, String shard) {}

  private record Parked(ShardFeed feed, long untilNanos) {}

  private final AtomicLong room;
  private final Map<Place, Parked> parked = new HashMap<>();
  private final ScheduledThreadPoolExecutor pool;

  ReadAhead(long maxBytes) {
    this.room = new AtomicLong(maxBytes);
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ScheduledThreadPoolExecutor(
            THREADS,
            step -> {
              Thread thread = new Thread(step, "sluice-read-ahead-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.setKeepAliveTime(30, TimeUnit.SECONDS);
    pool.allowCoreThreadTimeOut(true);
    ScheduledFuture<?> unused =
        pool.scheduleWithFixedDelay(
            this::sweep, SWEEP.toNanos(), SWEEP.toNanos(), TimeUnit.NANOSECONDS);
  }

  static ReadAhead ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** Takes the feed that stands at the plan's mark; one that stands elsewhere is thrown away. */
  synchronized Optional<ShardFeed> take(Place place, ShardPlan plan) {
    Parked found = parked.remove(place);
    if (found == null) {
      return Optional.empty();
    }
    if (found.feed().mark().equals(plan.mark())) {
      return Optional.of(found.feed());
    }
    found.feed().close();
    return Optional.empty();
  }

  /** Keeps a feed for the next task, but not for longer than {@code patience}. */
  synchronized void park(Place place, ShardFeed feed, Duration patience) {
    Parked before = parked.put(place, new Parked(feed, System.nanoTime() + patience.toNanos()));
    if (before != null) {
      before.feed().close();
    }
  }

  /** Runs a step after a while. */
  void schedule(Runnable step, long nanos) {
    ScheduledFuture<?> unused = pool.schedule(step, nanos, TimeUnit.NANOSECONDS);
  }

  /** Takes room for one answer, if there is any. */
  boolean reserve() {
    if (room.addAndGet(-ANSWER_BYTES) >= 0) {
      return true;
    }
    room.addAndGet(ANSWER_BYTES);
    return false;
  }

  /** Gives back what an answer did not need of its reservation. */
  void settle(long used) {
    room.addAndGet(ANSWER_BYTES - used);
  }

  void occupy(long bytes) {
    room.addAndGet(-bytes);
  }

  void release(long bytes) {
    room.addAndGet(bytes);
  }

  /** Bytes that may still be read ahead. */
  long room() {
    return room.get();
  }

  private synchronized void sweep() {
    long now = System.nanoTime();
    for (Iterator<Parked> it = parked.values().iterator(); it.hasNext(); ) {
      Parked found = it.next();
      if (now - found.untilNanos() > 0) {
        found.feed().close();
        it.remove();
      }
    }
  }
}
