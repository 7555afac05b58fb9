package io.sluice.acceptance.benchmark.spark;

import com.sun.management.ThreadMXBean;
import io.sluice.acceptance.benchmark.ProcessTime;
import io.sluice.acceptance.benchmark.S3Requests;
import io.sluice.acceptance.benchmark.spark.Storage.Landed;
import io.sluice.acceptance.benchmark.spark.Variant.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * Measures landings, each below a prefix that nothing else has used; what was landed is weighed and
 * removed outside of the time.
 */
final class Meter {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;

  private int landings;

  /** The mean of so many landings, one right after another. */
  Measure measure(Variant variant, JavaRDD<byte[]> records, Storage storage, int repeat)
      throws IOException {
    // What others have left is not to be collected at this variant's cost.
    System.gc();
    String prefix = "landing-" + landings++;
    Map<String, Long> requests = storage.requests();
    double server = storage.cpuSeconds();
    Map<Long, Long> allocated = allocated();
    double cpu = ProcessTime.ownSeconds();
    double own = 0;
    long begun = System.nanoTime();
    List<String> prefixes = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      prefixes.add(variant.land(records, new Target(storage, prefix + "/" + i)));
      own += variant.ownCpuSeconds().orElse(0);
    }
    double wall = (System.nanoTime() - begun) / NANOS;
    cpu = own > 0 ? own : ProcessTime.ownSeconds() - cpu;
    long garbage = allocatedSince(allocated);
    server = storage.cpuSeconds() - server;
    Map<String, Long> answered = S3Requests.between(requests, storage.requests());
    Landed landed = new Landed(0, 0);
    for (String each : prefixes) {
      landed = landed.and(storage.landed(each));
      storage.delete(each);
    }
    return new Measure(
        wall / repeat,
        cpu / repeat,
        server / repeat,
        each(answered, repeat),
        (double) landed.objects() / repeat,
        (double) landed.bytes() / repeat,
        garbage / MEGABYTE / repeat);
  }

  private static Map<String, Double> each(Map<String, Long> requests, int repeat) {
    Map<String, Double> mean = new TreeMap<>();
    requests.forEach((operation, count) -> mean.put(operation, (double) count / repeat));
    return mean;
  }

  private static Map<Long, Long> allocated() {
    Map<Long, Long> bytes = new HashMap<>();
    long[] ids = THREADS.getAllThreadIds();
    long[] counts = THREADS.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      bytes.put(ids[i], counts[i]);
    }
    return bytes;
  }

  private static long allocatedSince(Map<Long, Long> before) {
    return allocated().entrySet().stream()
        .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
        .sum();
  }
}
