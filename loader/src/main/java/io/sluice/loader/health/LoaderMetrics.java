package io.sluice.loader.health;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.LoadTimes;
import io.sluice.loader.load.LoadTimes.BatchTimes;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The loader's own metrics, for Prometheus. Every table shows from the start, so that a rate is
 * right from its first event on.
 *
 * <p>The stages of freshness add up to the whole: stream (arrival of the earliest record to batch
 * time), landing (to the manifest), queue (to the begin of the load), copy (connection, lock and
 * COPY) and commit (ledger rows and COMMIT). Each batch counts once in each. Safe for use by
 * several threads.
 */
final class LoaderMetrics implements LoaderEvents {
  private static final String PREFIX = "sluice_loader_";
  private static final double[] COPY_SECONDS = {
    0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600
  };
  private static final double[] FRESHNESS_SECONDS = {
    0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600, 7200, 21600, 86400
  };
  private static final List<String> STAGES =
      List.of("stream", "landing", "queue", "copy", "commit");

  /** A failure that is the loader's own. */
  private static final String FAULT = "fault";

  private final PrometheusRegistry registry;
  private final Counter loads;
  private final Counter batches;
  private final Counter files;
  private final Counter rows;
  private final Counter bytes;
  private final Histogram copy;
  private final Histogram freshness;
  private final Histogram stages;
  private final Gauge lastLoad;
  private final Counter retries;
  private final Counter refused;
  private final Counter quarantined;
  private final Counter quarantinedRows;
  private final Gauge paused;
  private final Counter alerts;
  private final Counter alertsSent;
  private final Counter alertsLost;
  private Set<TableName> expected = Set.of();

  LoaderMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    this.loads = counter("loads_total", "Load transactions that committed a COPY.", "table");
    this.batches = counter("loaded_batches_total", "Batches that were committed.", "table");
    this.files = counter("loaded_files_total", "Data files that were committed.", "table");
    this.rows = counter("loaded_rows_total", "Rows that were committed.", "table");
    this.bytes = counter("loaded_bytes_total", "Bytes in S3 that were committed.", "table");
    this.copy = histogram("copy_seconds", "How long COPY took.", COPY_SECONDS, "table");
    this.freshness =
        histogram(
            "freshness_seconds",
            "From the arrival of a batch's earliest record in the stream to its commit.",
            FRESHNESS_SECONDS,
            "table");
    this.stages =
        histogram(
            "freshness_stage_seconds",
            "The parts of the freshness: stream, landing, queue, copy and commit.",
            FRESHNESS_SECONDS,
            "table",
            "stage");
    this.lastLoad =
        gauge("last_load_timestamp_seconds", "When a COPY was committed last, 0 for not yet.");
    this.retries =
        counter("retries_total", "Loads that failed and are tried again.", "table", "kind");
    this.refused = counter("refused_batches_total", "Times that a batch was refused.", "table");
    this.quarantined = counter("quarantined_files_total", "Files that were set aside.", "table");
    this.quarantinedRows =
        counter(
            "quarantined_rows_total",
            "Rows that were set aside, with their file or left out of it.",
            "table");
    this.paused = gauge("table_paused", "1 while the table waits for somebody to repair it.");
    this.alerts =
        counter(
            "alerts_total",
            "Alerts that were raised; table=all for what concerns all.",
            "table",
            "kind",
            "state");
    this.alertsSent = counter("alerts_sent_total", "Alerts that a webhook took.");
    this.alertsLost = counter("alerts_lost_total", "Alerts that a webhook did not take.");
  }

  /** From now on these tables are loaded. */
  synchronized void expect(Set<TableName> tables) {
    tables.stream().filter(table -> !expected.contains(table)).forEach(this::begin);
    expected.stream()
        .filter(table -> !tables.contains(table))
        .forEach(table -> paused.remove(table.toString()));
    expected = Set.copyOf(tables);
  }

  private void begin(TableName name) {
    String table = name.toString();
    List.of(loads, batches, files, rows, bytes, refused, quarantined, quarantinedRows)
        .forEach(counter -> counter.initLabelValues(table));
    copy.initLabelValues(table);
    freshness.initLabelValues(table);
    STAGES.forEach(stage -> stages.initLabelValues(table, stage));
    lastLoad.initLabelValues(table);
    paused.initLabelValues(table);
    retries.initLabelValues(table, FAULT);
    for (FailureKind kind : FailureKind.values()) {
      if (kind != FailureKind.BAD_DATA) {
        retries.initLabelValues(table, lower(kind));
      }
    }
  }

  @Override
  public void loaded(LoadOutcome outcome) {
    String table = outcome.table().toString();
    if (!outcome.copied()) {
      return;
    }
    loads.labelValues(table).inc();
    batches.labelValues(table).inc(outcome.loaded().size());
    files.labelValues(table).inc(outcome.files());
    rows.labelValues(table).inc(outcome.rows());
    bytes.labelValues(table).inc(outcome.bytes());
    lastLoad.labelValues(table).set(outcome.committedAt().toEpochMilli() / 1000.0);
    LoadTimes times = outcome.times();
    copy.labelValues(table).observe(seconds(times.copy()));
    for (BatchTimes batch : times.batches()) {
      freshness.labelValues(table).observe(seconds(batch.arrivalMin(), outcome.committedAt()));
      stage(table, "stream", batch.arrivalMin(), batch.batchTime());
      stage(table, "landing", batch.batchTime(), batch.createdAt());
      stage(table, "queue", batch.createdAt(), times.begun());
      stage(table, "copy", times.begun(), times.copiedAt());
      stage(table, "commit", times.copiedAt(), outcome.committedAt());
    }
  }

  @Override
  public void recovered(TableName table) {
    paused.labelValues(table.toString()).set(0);
  }

  @Override
  public void refused(BatchId batch, LoadException reason) {
    refused.labelValues(batch.table().toString()).inc();
  }

  @Override
  public void quarantined(TableName table, QuarantinedFile file) {
    if (file.extent() == Extent.FILE) {
      quarantined.labelValues(table.toString()).inc();
    }
    quarantinedRows.labelValues(table.toString()).inc(file.rowCount());
  }

  @Override
  public void failed(TableName table, LoadException reason) {
    retries.labelValues(table.toString(), lower(reason.kind())).inc();
  }

  @Override
  public void faulted(TableName table, RuntimeException fault) {
    retries.labelValues(table.toString(), FAULT).inc();
  }

  @Override
  public void paused(TableName table, LoadException reason) {
    paused.labelValues(table.toString()).set(1);
  }

  void alertRaised(Alert alert) {
    alerts.labelValues(alert.scope(), lower(alert.kind()), lower(alert.state())).inc();
  }

  void alertSent() {
    alertsSent.inc();
  }

  void alertLost() {
    alertsLost.inc();
  }

  private void stage(String table, String stage, Instant from, Instant to) {
    stages.labelValues(table, stage).observe(seconds(from, to));
  }

  /** Clocks of different machines differ, and nothing takes less than no time. */
  private static double seconds(Instant from, Instant to) {
    return Math.max(0, seconds(Duration.between(from, to)));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(PREFIX + name).help(help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(PREFIX + name).help(help).labelNames("table").register(registry);
  }

  /** Buckets that can be summed over tables and loaders, read by {@code histogram_quantile}. */
  private Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(PREFIX + name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .labelNames(labels)
        .register(registry);
  }
}
