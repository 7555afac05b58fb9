package io.sluice.writer.report;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * What the writer has done, in Spark's own metrics system: whatever sink its users have configured
 * carries these beside Spark's, from the driver, as {@code <app id>.driver.sluice.<name>}. See
 * "Metrics" in Spark's "Monitoring and Instrumentation".
 *
 * <p>Counters count since the start of the process. Only committed intervals count. Updated by one
 * thread, read by any.
 */
public final class WriterMetrics implements Source {
  private final MetricRegistry registry = new MetricRegistry();
  private final Counter records = registry.counter("records");
  private final Counter rows = registry.counter("rows");
  private final Counter duplicates = registry.counter("duplicates");
  private final Counter files = registry.counter("files");
  private final Counter bytes = registry.counter("bytes");
  private final Counter uncompressedBytes = registry.counter("uncompressed-bytes");
  private final Timer encoding = registry.timer("encode-seconds");
  private final Timer uploading = registry.timer("upload-seconds");
  private final Timer landing = registry.timer("land-seconds");
  private final Timer committing = registry.timer("commit-seconds");
  private final Map<String, Long> lagMillis = new ConcurrentHashMap<>();
  private volatile long lastManifest;

  /** {@code takeover} is the number of this run's own first manifest. */
  public WriterMetrics(long takeover) {
    this.lastManifest = takeover;
    Gauge<Long> last = () -> lastManifest;
    registry.register("last-manifest", last);
  }

  /** Adds itself to the metrics system of the running Spark application. */
  public void register() {
    SparkEnv.get().metricsSystem().registerSource(this);
  }

  /** Counts a committed interval. */
  public void committed(IntervalReport report) {
    records.inc(report.records());
    rows.inc(report.rows());
    duplicates.inc(report.duplicates());
    files.inc(report.files());
    bytes.inc(report.bytes());
    uncompressedBytes.inc(report.uncompressedBytes());
    encoding.update(report.encoding());
    uploading.update(report.uploading());
    landing.update(report.landing());
    committing.update(report.committing());
    report
        .manifest()
        .rejects()
        .reasons()
        .forEach((reason, count) -> registry.counter("rejects." + reason).inc(count));
    lastManifest = report.manifest().number();
    behind(report.lag());
  }

  /**
   * How far each shard is behind its tip, by {@code stream.shard}; one that is not named is gone.
   */
  public void behind(Map<String, Duration> lag) {
    Set<String> gone = new HashSet<>(lagMillis.keySet());
    gone.removeAll(lag.keySet());
    for (String shard : gone) {
      lagMillis.remove(shard);
      registry.remove(gauge(shard));
    }
    lag.forEach(
        (shard, behind) -> {
          if (lagMillis.put(shard, behind.toMillis()) == null) {
            Gauge<Long> millis = () -> lagMillis.get(shard);
            registry.register(gauge(shard), millis);
          }
        });
  }

  @Override
  public String sourceName() {
    return "sluice";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  private static String gauge(String shard) {
    return "lag-millis." + shard;
  }
}
