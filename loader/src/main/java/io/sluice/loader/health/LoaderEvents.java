package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.intake.QueueDepth;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;

/**
 * What happens in the loader, told as it happens to whoever watches it.
 *
 * <p>Called from the threads that load and receive: a listener is safe for use by several threads,
 * returns at once and does no I/O. Each does nothing unless it is overridden.
 */
public interface LoaderEvents {
  /** Nobody watches. */
  LoaderEvents NONE = new LoaderEvents() {};

  /** A thread is at work and will say so again within this time, or something is wrong. */
  default void threadAlive(String thread, Duration within) {}

  /** A thread is at work, and nobody can tell for how long: only its death is a fault. */
  default void threadBusy(String thread) {}

  /** A thread has done its work, and will not be heard of again. */
  default void threadEnded(String thread) {}

  /** A thread ended by an exception, and the loader ends with it. */
  default void threadDied(String thread) {}

  /** A table has its turn and begins a load. {@code thread} runs it. */
  default void loading(String thread, TableName table) {}

  /** A load transaction ended well: its batches are in the ledger. */
  default void loaded(LoadOutcome outcome) {}

  /** All that a table had to load this time is loaded or refused: it works. */
  default void recovered(TableName table) {}

  /** A batch cannot be loaded as it is, and rests. */
  default void refused(BatchId batch, LoadException reason) {}

  /** A file or some of its rows were set aside, and the rest of its batch is loaded. */
  default void quarantined(TableName table, QuarantinedFile file) {}

  /** How far a manifest log is loaded, as catch-up has just found. */
  default void logRead(LogBacklog backlog) {}

  /** How much waits in the queue, as it has just been asked. */
  default void queueAsked(QueueDepth depth) {}

  /** A load failed and will be tried again. */
  default void failed(TableName table, LoadException reason) {}

  /** A load met a fault of the loader itself and will be tried again. */
  default void faulted(TableName table, RuntimeException fault) {}

  /** A table pauses until somebody repairs what the reason names. */
  default void paused(TableName table, LoadException reason) {}

  /** Messages came in; none is an answer too. */
  default void received(int messages) {}

  /** The queue was asked to delete messages, and did not fail. */
  default void deleted(int messages) {}

  /** A message went to the dead-letter queue. */
  default void deadLettered() {}

  /** The queue did not answer, or refused. */
  default void queueFailed(String reason) {}

  /** The warehouse answered. */
  default void warehouseAnswered() {}

  /** The warehouse did not answer, or let nobody in. */
  default void warehouseFailed(String reason) {}
}
