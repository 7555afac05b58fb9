package io.sluice.stack.kinesis.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that all records of all streams may take together. When it is used up, the oldest
 * records go, whichever shard they are in, as if their retention had ended: a stand-in that nobody
 * watches loses old data rather than its life. Thread-safe.
 */
final class RecordMemory {
  private static final Logger log = LoggerFactory.getLogger(RecordMemory.class);

  /** What is freed at once, as a share of the limit: making room for every record costs more. */
  private static final int STEP = 32;

  private final long limit;
  private final Supplier<? extends Collection<Shard>> shards;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean warned;

  RecordMemory(long limit, Supplier<? extends Collection<Shard>> shards) {
    this.limit = limit;
    this.shards = shards;
  }

  /** What the records take now, in bytes. */
  long used() {
    return used.get();
  }

  void take(long bytes) {
    used.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Lets the oldest records go if there are too many; the caller must not hold a shard's lock. */
  void makeRoom() {
    if (used.get() <= limit) {
      return;
    }
    lock.lock();
    try {
      if (used.get() > limit) {
        warnOnce();
        dropOldest(limit - limit / STEP);
      }
    } finally {
      lock.unlock();
    }
  }

  private void dropOldest(long goal) {
    PriorityQueue<Age> oldestFirst = new PriorityQueue<>(Comparator.comparingLong(Age::arrival));
    shards.get().forEach(shard -> offer(oldestFirst, shard));
    while (used.get() > goal && !oldestFirst.isEmpty()) {
      Shard oldest = oldestFirst.remove().shard();
      long nextOldest = oldestFirst.isEmpty() ? Long.MAX_VALUE : oldestFirst.element().arrival();
      oldest.dropUntil(nextOldest, used.get() - goal);
      offer(oldestFirst, oldest);
    }
  }

  private static void offer(PriorityQueue<Age> oldestFirst, Shard shard) {
    shard.oldestArrival().ifPresent(arrival -> oldestFirst.add(new Age(shard, arrival)));
  }

  /** A shard and when its oldest record arrived; taken once, for puts go on meanwhile. */
  private record Age(Shard shard, long arrival) {}

  private void warnOnce() {
    if (!warned) {
      warned = true;
      log.warn(
          "the records take more than {} MiB: from now on the oldest go before their retention"
              + " ends (--kinesis-memory allows more)",
          limit >> 20);
    }
  }
}
