package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.intake.QueueDepth;
import io.sluice.loader.warehouse.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoaderMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LoaderMetrics metrics = metrics(registry);

  @Test
  void showsEveryTableFromTheStart() {
    assertThat(scrape())
        .contains("sluice_loader_loads_total{table=\"public.things\"} 0.0\n")
        .contains("sluice_loader_table_paused{table=\"public.things\"} 0.0\n")
        .contains("sluice_loader_retries_total{kind=\"transient\",table=\"public.things\"} 0.0\n")
        .contains("sluice_loader_retries_total{kind=\"fault\",table=\"public.things\"} 0.0\n")
        .contains("sluice_loader_copy_seconds_count{table=\"public.things\"} 0\n");
  }

  @Test
  void countsALoad() {
    metrics.loaded(Loads.outcome(NOW));

    assertThat(scrape())
        .contains("sluice_loader_loads_total{table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_loaded_batches_total{table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_loaded_files_total{table=\"public.things\"} 2.0\n")
        .contains("sluice_loader_loaded_rows_total{table=\"public.things\"} 30.0\n")
        .contains("sluice_loader_loaded_bytes_total{table=\"public.things\"} 400.0\n")
        .contains("sluice_loader_copy_seconds_sum{table=\"public.things\"} 5.0\n");
  }

  @Test
  void splitsFreshnessIntoStagesThatAddUp() {
    metrics.loaded(Loads.outcome(NOW));

    assertThat(scrape())
        .contains("sluice_loader_freshness_seconds_sum{table=\"public.things\"} 31.0\n")
        .contains(stage("stream", 1))
        .contains(stage("landing", 2))
        .contains(stage("queue", 4))
        .contains(stage("copy", 8))
        .contains(stage("commit", 16))
        .contains("freshness_seconds_bucket{table=\"public.things\",le=\"30.0\"} 0\n")
        .contains("freshness_seconds_bucket{table=\"public.things\",le=\"60.0\"} 1\n");
  }

  @Test
  void takesAClockThatGoesAheadForNoTime() {
    metrics.loaded(Loads.outcome(NOW, Duration.ofSeconds(20)));

    assertThat(scrape()).contains(stage("queue", 0));
  }

  @Test
  void countsRetriesByKindAndShowsPauses() {
    metrics.failed(Loads.TABLE, Loads.failure(FailureKind.TRANSIENT, "1023"));
    metrics.failed(Loads.TABLE, Loads.failure(FailureKind.UNKNOWN, "lost"));
    metrics.faulted(Loads.TABLE, new IllegalStateException("fault"));
    metrics.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "dropped"));

    assertThat(scrape())
        .contains("retries_total{kind=\"transient\",table=\"public.things\"} 1.0\n")
        .contains("retries_total{kind=\"unknown\",table=\"public.things\"} 1.0\n")
        .contains("retries_total{kind=\"misconfigured\",table=\"public.things\"} 0.0\n")
        .contains("retries_total{kind=\"fault\",table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_table_paused{table=\"public.things\"} 1.0\n");

    metrics.recovered(Loads.TABLE);
    assertThat(scrape()).contains("sluice_loader_table_paused{table=\"public.things\"} 0.0\n");
  }

  @Test
  void forgetsThePauseOfATableThatIsNoLongerLoaded() {
    TableName other = TableName.parse("public.others");
    metrics.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "dropped"));

    metrics.expect(Set.of(other));

    assertThat(scrape())
        .doesNotContain("sluice_loader_table_paused{table=\"public.things\"}")
        .contains("sluice_loader_table_paused{table=\"public.others\"} 0.0\n")
        .contains("sluice_loader_loads_total{table=\"public.others\"} 0.0\n");
  }

  @Test
  void countsWhatIsRefusedAndSetAside() {
    metrics.refused(Loads.id(1), Loads.failure(FailureKind.TRANSIENT, "any"));
    metrics.quarantined(Loads.TABLE, Loads.badFile("part-1"));
    metrics.quarantined(Loads.TABLE, Loads.badRows("part-2", 3));

    assertThat(scrape())
        .contains("sluice_loader_refused_batches_total{table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_quarantined_files_total{table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_quarantined_rows_total{table=\"public.things\"} 10.0\n");
  }

  @Test
  void countsMessages() {
    IntakeMetrics intake = new IntakeMetrics(registry);
    intake.received(10);
    intake.received(0);
    intake.deleted(7);
    intake.deadLettered();

    assertThat(scrape())
        .contains("sluice_loader_messages_received_total 10.0\n")
        .contains("sluice_loader_messages_deleted_total 7.0\n")
        .contains("sluice_loader_messages_dead_lettered_total 1.0\n");
  }

  @Test
  void tellsWhatWaitsInTheQueueAndInTheLog() {
    IntakeMetrics intake = new IntakeMetrics(registry);
    intake.queueAsked(new QueueDepth(9, 8, 7));
    intake.logRead(new LogBacklog(BatchFolder.parse("s3://bucket/x"), 3, 20, 1));

    assertThat(scrape())
        .contains("sluice_loader_queue_messages{state=\"visible\"} 9.0\n")
        .contains("sluice_loader_queue_messages{state=\"in_flight\"} 8.0\n")
        .contains("sluice_loader_log_missing_batches{folder=\"s3://bucket/x\"} 3.0\n")
        .contains("sluice_loader_log_unread_manifests{folder=\"s3://bucket/x\"} 20.0\n")
        .contains("sluice_loader_log_unreadable_manifests{folder=\"s3://bucket/x\"} 1.0\n");
  }

  @Test
  void readsTheBacklogsAtEachScrape() {
    TestClock clock = new TestClock();
    Backlog backlog = new Backlog(10);
    registry.register(new BacklogMetrics(() -> Map.of(Loads.TABLE, backlog), clock));
    assertThat(scrape())
        .contains("sluice_loader_backlog_batches{table=\"public.things\"} 0.0\n")
        .contains("sluice_loader_backlog_age_seconds{table=\"public.things\"} 0.0\n");

    backlog.offer(Loads.waiting(1, NOW.minusSeconds(90), NOW.minusSeconds(60)));
    backlog.offer(Loads.waiting(2, NOW.minusSeconds(30), NOW));
    backlog.refuse(Loads.id(2), NOW.plusSeconds(60));
    clock.advance(Duration.ofSeconds(10));

    assertThat(scrape())
        .contains("sluice_loader_backlog_batches{table=\"public.things\"} 2.0\n")
        .contains("sluice_loader_backlog_refused_batches{table=\"public.things\"} 1.0\n")
        .contains("sluice_loader_backlog_rows{table=\"public.things\"} 10.0\n")
        .contains("sluice_loader_backlog_bytes{table=\"public.things\"} 140.0\n")
        .contains("sluice_loader_backlog_age_seconds{table=\"public.things\"} 100.0\n");
  }

  private static LoaderMetrics metrics(PrometheusRegistry registry) {
    LoaderMetrics metrics = new LoaderMetrics(registry);
    metrics.expect(Set.of(Loads.TABLE));
    return metrics;
  }

  private String scrape() {
    return PrometheusTextFormatWriter.create().toDebugString(registry.scrape());
  }

  private static String stage(String stage, int seconds) {
    return "sluice_loader_freshness_stage_seconds_sum{stage=\"%s\",table=\"public.things\"} %d.0\n"
        .formatted(stage, seconds);
  }
}
