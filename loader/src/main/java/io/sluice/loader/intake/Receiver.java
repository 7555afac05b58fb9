package io.sluice.loader.intake;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.PendingBatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of the intake: receives messages and sorts them into the backlogs of their tables.
 *
 * <p>What is not for this loader never blocks: it goes to the dead-letter queue with the reason, or
 * without one is left to the queue's redrive policy. One thread.
 */
public final class Receiver {
  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  private final Inbox inbox;
  private final VisibilityKeeper keeper;
  private final Set<BatchFolder> folders;
  private final Map<TableName, Backlog> backlogs;
  private final InstantSource clock;

  /** {@code backlogs} may change, if it is a concurrent map. */
  public Receiver(
      Inbox inbox,
      VisibilityKeeper keeper,
      Set<BatchFolder> folders,
      Map<TableName, Backlog> backlogs,
      InstantSource clock) {
    this.inbox = inbox;
    this.keeper = keeper;
    this.folders = Set.copyOf(folders);
    this.backlogs = Collections.unmodifiableMap(backlogs);
    this.clock = clock;
  }

  /**
   * Receives once.
   *
   * @throws InboxException when the queue does not answer
   */
  public void receive(Duration wait) {
    List<Delivery> deliveries = inbox.receive(wait);
    deliveries.forEach(this::sort);
  }

  private void sort(Delivery delivery) {
    ManifestMessage message;
    try {
      message = ContractJson.readMessage(delivery.body());
    } catch (ContractException e) {
      refuse(delivery, e.getMessage());
      return;
    }
    if (!folders.contains(message.batchFolder())) {
      refuse(delivery, message.batchFolder() + " is none of this loader's batch-folders");
      return;
    }
    Backlog backlog = backlogs.get(message.table());
    if (backlog == null) {
      refuse(delivery, message.table() + " is none of this loader's tables");
      return;
    }
    hold(delivery, PendingBatch.of(message, clock.instant()), backlog);
  }

  /** Kept before it is offered: a worker may settle it at once. */
  private void hold(Delivery delivery, PendingBatch batch, Backlog backlog) {
    keeper.hold(delivery);
    switch (backlog.offer(batch, delivery)) {
      case HELD -> log.debug("{} waits", batch.id());
      case DUPLICATE -> log.debug("{} was announced again", batch.id());
      case LOADED -> {
        log.debug("{} was announced again, and is loaded", batch.id());
        keeper.forget(List.of(delivery));
        inbox.delete(List.of(delivery));
      }
      case FULL -> {
        log.debug("{} must come again: the backlog is full", batch.id());
        keeper.forget(List.of(delivery));
      }
    }
  }

  private void refuse(Delivery delivery, String reason) {
    boolean moved = inbox.deadLetter(delivery, reason);
    log.warn(
        "message {} cannot be used, {}: {}",
        delivery.messageId(),
        moved ? "moved to the dead-letter queue" : "left to the queue's redrive policy",
        reason);
  }
}
