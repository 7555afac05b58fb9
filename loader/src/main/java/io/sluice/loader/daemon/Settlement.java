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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of the data path: the messages of batches that the ledger has are deleted, and only
 * they. A message that cannot be deleted comes again and meets the ledger.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private final Inbox inbox;
  private final VisibilityKeeper keeper;

  Settlement(Inbox inbox, VisibilityKeeper keeper) {
    this.inbox = inbox;
    this.keeper = keeper;
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

  void settle(Backlog backlog, Collection<BatchId> inLedger) {
    List<Delivery> deliveries = backlog.settle(inLedger);
    keeper.forget(deliveries);
    try {
      inbox.delete(deliveries);
    } catch (InboxException e) {
      log.warn(
          "{} messages of loaded batches were not deleted, they come again and the ledger knows"
              + " them: {}",
          deliveries.size(),
          e.getMessage());
    }
  }
}
