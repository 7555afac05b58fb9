package io.sluice.acceptance.benchmark.spark;

import static java.util.stream.Collectors.toSet;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * The most memory that is live while something runs: heap as a full collection has left it, by the
 * collector's own report, for a look at the heap a moment later counts what was allocated since;
 * and direct buffers. A thread of its own collects and looks for a quarter of the time, so what
 * runs meanwhile is slow. What native code allocates for itself, such as the codec's context of one
 * open file, is not seen.
 */
final class Peak {
  /** How often the time of a collection the work is left alone after it. */
  private static final int PAUSES = 3;

  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(toSet());

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
    return heapAfterTheLastCollection() + direct;
  }

  private static long heapAfterTheLastCollection() {
    GcInfo last =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
            // Those of young collections leave the old generation out.
            .filter(collector -> collector.getLastGcInfo() != null)
            .filter(collector -> isFull(collector.getName()))
            .map(GarbageCollectorMXBean::getLastGcInfo)
            .max(Comparator.comparingLong(GcInfo::getEndTime))
            .orElseThrow(() -> new IllegalStateException("no full collection was reported"));
    return last.getMemoryUsageAfterGc().entrySet().stream()
        .filter(pool -> HEAP.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private static boolean isFull(String collector) {
    return collector.equals("PS MarkSweep") || collector.equals("G1 Old Generation");
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
