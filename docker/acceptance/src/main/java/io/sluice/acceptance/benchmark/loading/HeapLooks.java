package io.sluice.acceptance.benchmark.loading;

import io.sluice.stack.process.ChildProcess;
import java.time.Duration;

/** Looks at the live heap of a process again and again, not more often than it can bear. */
final class HeapLooks {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final ChildProcess process;
  private long next = System.nanoTime();
  private long peak;
  private int count;

  HeapLooks(ChildProcess process) {
    this.process = process;
  }

  /** Looks if it is time; says whether it was. */
  boolean look() {
    if (System.nanoTime() - next < 0) {
      return false;
    }
    peak = Math.max(peak, Heap.live(process.pid()));
    count++;
    next = System.nanoTime() + EVERY.toNanos();
    return true;
  }

  /** The most bytes that were live. */
  long peak() {
    return peak;
  }

  int count() {
    return count;
  }
}
