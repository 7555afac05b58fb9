package io.sluice.loader.daemon;

import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.Delivery;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of the data path: the messages of batches that the ledger has are deleted, and only
 * they, while the next load is under way. A message that cannot be deleted comes again and meets
 * the ledger. Safe for use by several threads.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private final Inbox inbox;
  private final VisibilityKeeper keeper;
  private final Executor deleters;

  /** Tasks of the deleters that have not ended. */
  private int unfinished;

  /** {@code deleters} delete messages. */
  Settlement(Inbox inbox, VisibilityKeeper keeper, Executor deleters) {
    this.inbox = inbox;
    this.keeper = keeper;
    this.deleters = deleters;
  }

  /** Gives back what a table holds that is loaded no longer. */
  void giveBack(Backlog backlog) {
    List<Delivery> deliveries = backlog.close();
    keeper.forget(deliveries);
    try {
      inbox.extend(deliveries, Duration.ZERO);
    } catch (InboxException e) {
      log.warn(
          "cannot give {} messages back, they come again within {}: {}",
          deliveries.size(),
          inbox.visibility(),
          e.getMessage());
    }
  }

  /** Begins to delete the messages of these batches. */
  void settle(Backlog backlog, Collection<BatchId> inLedger) {
    List<Delivery> deliveries = backlog.settle(inLedger);
    keeper.forget(deliveries);
    if (deliveries.isEmpty()) {
      return;
    }
    begun();
    try {
      deleters.execute(
          () -> {
            try {
              delete(deliveries);
            } finally {
              ended();
            }
          });
    } catch (RejectedExecutionException e) {
      ended();
      log.warn("{} messages of loaded batches come again: the loader stops", deliveries.size());
    }
  }

  /** Waits for the deletions that are under way; what is left comes again. */
  synchronized void finish(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (long left = atMost.toMillis(); unfinished > 0 && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (unfinished > 0) {
      log.warn("messages of loaded batches are not deleted yet, they come again");
    }
  }

  private synchronized void begun() {
    unfinished++;
  }

  private synchronized void ended() {
    unfinished--;
    notifyAll();
  }

  private void delete(List<Delivery> deliveries) {
    try {
      inbox.delete(deliveries);
    } catch (InboxException e) {
      log.warn(
          "{} messages of loaded batches were not deleted, they come again and the ledger knows"
              + " them: {}",
          deliveries.size(),
          e.getMessage());
    } catch (RuntimeException e) {
      log.error("a fault in the loader itself, messages come again: please report it", e);
    }
  }
}
