package io.sluice.loader.health;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What waits for each table, read from the backlogs at each scrape. */
final class BacklogMetrics implements MultiCollector {
  private static final String PREFIX = "sluice_loader_backlog_";

  private final Supplier<Map<TableName, Backlog>> backlogs;
  private final InstantSource clock;

  BacklogMetrics(Supplier<Map<TableName, Backlog>> backlogs, InstantSource clock) {
    this.backlogs = backlogs;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    Map<TableName, Backlog.Totals> totals = new LinkedHashMap<>();
    backlogs.get().forEach((table, backlog) -> totals.put(table, backlog.totals()));
    Instant now = clock.instant();
    return MetricSnapshots.builder()
        .metricSnapshot(gauge("batches", "Batches that wait.", totals, Backlog.Totals::batches))
        .metricSnapshot(
            gauge("refused_batches", "Batches that were refused.", totals, Backlog.Totals::refused))
        .metricSnapshot(gauge("rows", "Rows that wait.", totals, Backlog.Totals::rows))
        .metricSnapshot(gauge("bytes", "Bytes in S3 that wait.", totals, Backlog.Totals::bytes))
        .metricSnapshot(
            gauge(
                "age_seconds",
                "The time since the oldest record that waits reached the stream, 0 for none.",
                totals,
                waiting -> age(waiting, now)))
        .build();
  }

  private static double age(Backlog.Totals totals, Instant now) {
    return totals
        .oldestArrival()
        .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0))
        .orElse(0.0);
  }

  private static GaugeSnapshot gauge(
      String name,
      String help,
      Map<TableName, Backlog.Totals> totals,
      ToDoubleFunction<Backlog.Totals> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    totals.forEach(
        (table, waiting) ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("table", table.toString()))
                    .value(value.applyAsDouble(waiting))
                    .build()));
    return gauge.build();
  }
}
