package io.sluice.loader.health;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.intake.QueueDepth;

/** What comes in, as metrics: messages, the queue, and how far the manifest logs are loaded. */
final class IntakeMetrics implements LoaderEvents {
  private static final String PREFIX = "sluice_loader_";

  private final PrometheusRegistry registry;
  private final Counter received;
  private final Counter deleted;
  private final Counter deadLettered;
  private final Gauge queued;
  private final Gauge logMissing;
  private final Gauge logUnread;
  private final Gauge logUnreadable;

  IntakeMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    this.received = counter("messages_received_total", "Messages that came in.");
    this.deleted = counter("messages_deleted_total", "Messages whose batches are loaded.");
    this.deadLettered =
        counter("messages_dead_lettered_total", "Messages moved to the dead-letter queue.");
    this.queued =
        gauge(
            "queue_messages",
            "Messages in the queue, as SQS tells every catch-up.interval.",
            "state");
    this.logMissing =
        gauge(
            "log_missing_batches",
            "Batches of the manifest log that the ledger did not have at the last catch-up.",
            "folder");
    this.logUnread =
        gauge("log_unread_manifests", "Manifests that catch-up has not come to yet.", "folder");
    this.logUnreadable =
        gauge("log_unreadable_manifests", "Manifests that catch-up cannot read.", "folder");
  }

  @Override
  public void received(int messages) {
    received.inc(messages);
  }

  @Override
  public void deleted(int messages) {
    deleted.inc(messages);
  }

  @Override
  public void deadLettered() {
    deadLettered.inc();
  }

  @Override
  public void logRead(LogBacklog backlog) {
    String folder = backlog.folder().toString();
    logMissing.labelValues(folder).set(backlog.missing());
    logUnread.labelValues(folder).set((double) backlog.unread());
    logUnreadable.labelValues(folder).set(backlog.unreadable());
  }

  @Override
  public void queueAsked(QueueDepth depth) {
    queued.labelValues("visible").set((double) depth.visible());
    queued.labelValues("in_flight").set((double) depth.inFlight());
    queued.labelValues("delayed").set((double) depth.delayed());
  }

  private Counter counter(String name, String help) {
    return Counter.builder().name(PREFIX + name).help(help).register(registry);
  }

  private Gauge gauge(String name, String help, String label) {
    return Gauge.builder().name(PREFIX + name).help(help).labelNames(label).register(registry);
  }
}
