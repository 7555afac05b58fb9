package io.sluice.acceptance.benchmark.spark;

import java.util.Map;

/**
 * What one landing cost.
 *
 * @param clientCpuSeconds of this process, Spark's and the collector's share included
 * @param serverCpuSeconds of the S3 process
 * @param requests what S3 answered, by operation
 * @param objects data objects that were there afterwards
 * @param bytes of them
 * @param allocatedMb on the Java heap, by the threads that were alive at the end
 */
record Measure(
    double wallSeconds,
    double clientCpuSeconds,
    double serverCpuSeconds,
    Map<String, Double> requests,
    double objects,
    double bytes,
    double allocatedMb) {
  /** All requests. */
  double requestCount() {
    return requests.values().stream().mapToDouble(count -> count).sum();
  }
}
