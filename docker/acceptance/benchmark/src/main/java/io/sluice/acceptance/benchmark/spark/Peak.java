package io.sluice.acceptance.benchmark.spark;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * The most memory that is live while something runs: heap right after a collection, and direct
 * buffers. A thread of its own collects and looks for a quarter of the time, so what runs meanwhile
 * is slow. What native code allocates for itself, such as the codec's context of one open file, is
 * not seen.
 */
final class Peak {
  /** How often the time of a collection the work is left alone after it. */
  private static final int PAUSES = 3;

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private volatile boolean over;
  private volatile long peak;

  private Peak() {}

  /** Bytes at the peak of this work. */
  static long of(Callable<?> work) throws IOException {
    Peak peak = new Peak();
    Thread sampler = new Thread(peak::sample, "peak");
    sampler.setDaemon(true);
    sampler.start();
    try {
      work.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      peak.over = true;
      join(sampler);
    }
    return peak.peak;
  }

  private void sample() {
    while (!over) {
      long begun = System.nanoTime();
      peak = Math.max(peak, live());
      LockSupport.parkNanos(PAUSES * (System.nanoTime() - begun));
    }
  }

  /** Bytes that are live now. */
  static long live() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return MEMORY.getHeapMemoryUsage().getUsed() + direct;
  }

  private static void join(Thread sampler) throws IOException {
    try {
      sampler.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
