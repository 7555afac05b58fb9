package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.intake.QueueDepth;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several listeners. A listener that throws is logged and keeps neither the others nor the
 * load from going on. Safe for use by several threads.
 */
final class EventFan implements LoaderEvents {
  private static final Logger log = LoggerFactory.getLogger(EventFan.class);

  private final List<LoaderEvents> listeners;

  EventFan(List<LoaderEvents> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void threadAlive(String thread, Duration within) {
    tell(listener -> listener.threadAlive(thread, within));
  }

  @Override
  public void threadBusy(String thread) {
    tell(listener -> listener.threadBusy(thread));
  }

  @Override
  public void threadEnded(String thread) {
    tell(listener -> listener.threadEnded(thread));
  }

  @Override
  public void threadDied(String thread) {
    tell(listener -> listener.threadDied(thread));
  }

  @Override
  public void loading(String thread, TableName table) {
    tell(listener -> listener.loading(thread, table));
  }

  @Override
  public void loaded(LoadOutcome outcome) {
    tell(listener -> listener.loaded(outcome));
  }

  @Override
  public void recovered(TableName table) {
    tell(listener -> listener.recovered(table));
  }

  @Override
  public void refused(BatchId batch, LoadException reason) {
    tell(listener -> listener.refused(batch, reason));
  }

  @Override
  public void logRead(LogBacklog backlog) {
    tell(listener -> listener.logRead(backlog));
  }

  @Override
  public void queueAsked(QueueDepth depth) {
    tell(listener -> listener.queueAsked(depth));
  }

  @Override
  public void quarantined(TableName table, QuarantinedFile file) {
    tell(listener -> listener.quarantined(table, file));
  }

  @Override
  public void failed(TableName table, LoadException reason) {
    tell(listener -> listener.failed(table, reason));
  }

  @Override
  public void faulted(TableName table, RuntimeException fault) {
    tell(listener -> listener.faulted(table, fault));
  }

  @Override
  public void paused(TableName table, LoadException reason) {
    tell(listener -> listener.paused(table, reason));
  }

  @Override
  public void received(int messages) {
    tell(listener -> listener.received(messages));
  }

  @Override
  public void deleted(int messages) {
    tell(listener -> listener.deleted(messages));
  }

  @Override
  public void deadLettered() {
    tell(LoaderEvents::deadLettered);
  }

  @Override
  public void queueFailed(String reason) {
    tell(listener -> listener.queueFailed(reason));
  }

  @Override
  public void warehouseAnswered() {
    tell(LoaderEvents::warehouseAnswered);
  }

  @Override
  public void warehouseFailed(String reason) {
    tell(listener -> listener.warehouseFailed(reason));
  }

  private void tell(Consumer<LoaderEvents> event) {
    for (LoaderEvents listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.error(
            "{} failed, the load goes on: please report it",
            listener.getClass().getSimpleName(),
            e);
      }
    }
  }
}
