package io.sluice.loader.intake;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of the intake: receives messages and sorts them into the backlogs of their tables.
 *
 * <p>What is not for this loader never blocks: it goes to the dead-letter queue with the reason, or
 * without one is left to the queue's redrive policy. What one message meets keeps back no other.
 *
 * <p>What is taken in is bounded, whatever waits in the queue: by the backlogs, and by the messages
 * that this loader hides from others. One thread.
 */
public final class Receiver {
  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  /** Two loaders stay below the 120,000 messages in flight that a queue of SQS allows. */
  private static final int MOST_HIDDEN = 40_000;

  private final Inbox inbox;
  private final VisibilityKeeper keeper;
  private final Parking parking;
  private final Addressee addressee;
  private final Map<TableName, Backlog> backlogs;
  private final Consumer<BatchId> held;
  private final InstantSource clock;
  private final int mostHidden;

  /**
   * {@code backlogs} may change, if it is a concurrent map. {@code held} hears of each batch that
   * begins to wait in one of them.
   */
  public Receiver(
      Inbox inbox,
      VisibilityKeeper keeper,
      Set<BatchFolder> folders,
      Map<TableName, Backlog> backlogs,
      Consumer<BatchId> held,
      InstantSource clock) {
    this(inbox, keeper, folders, backlogs, held, clock, MOST_HIDDEN);
  }

  Receiver(
      Inbox inbox,
      VisibilityKeeper keeper,
      Set<BatchFolder> folders,
      Map<TableName, Backlog> backlogs,
      Consumer<BatchId> held,
      InstantSource clock,
      int mostHidden) {
    this.inbox = inbox;
    this.keeper = keeper;
    this.parking = new Parking(inbox, clock);
    this.backlogs = Collections.unmodifiableMap(backlogs);
    this.addressee = new Addressee(Set.copyOf(folders), this.backlogs.keySet());
    this.held = held;
    this.clock = clock;
    this.mostHidden = mostHidden;
  }

  /**
   * Whether it is worth while to receive: some table has room, and not too many messages are hidden
   * already. What is not received waits in the queue, and its batches in the manifest log.
   */
  public boolean hasRoom() {
    return keeper.size() + parking.size() < mostHidden
        && !backlogs.values().stream().allMatch(Backlog::isFull);
  }

  /**
   * How much waits in the queue.
   *
   * @throws InboxException when the queue does not answer
   */
  public QueueDepth depth() {
    return inbox.depth();
  }

  /**
   * Receives once.
   *
   * @throws InboxException when the queue does not answer
   */
  public void receive(Duration wait) {
    List<Delivery> loaded = new ArrayList<>();
    List<Delivery> tooMany = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Delivery delivery : inbox.receive(wait)) {
      try {
        switch (hold(delivery)) {
          case HELD, DUPLICATE -> {}
          case LOADED -> loaded.add(delivery);
          case FULL -> tooMany.add(delivery);
        }
      } catch (ContractException e) {
        refusals.add(new Refusal(delivery, e.getMessage()));
      }
    }
    // All that can be used is held by now: nothing that fails below touches it.
    parking.park(tooMany);
    refusals.forEach(this::refuse);
    delete(loaded);
  }

  /** Throws a {@link ContractException} that says why the message is not for this loader. */
  private Backlog.Offer hold(Delivery delivery) {
    ManifestMessage message = addressee.read(delivery.body());
    Backlog backlog = backlogs.get(message.table());
    if (backlog == null) {
      throw Addressee.foreign(message.table());
    }
    return hold(delivery.withoutBody(), PendingBatch.of(message, clock.instant()), backlog);
  }

  /** Kept before it is offered: a worker may settle it at once. */
  private Backlog.Offer hold(Delivery delivery, PendingBatch batch, Backlog backlog) {
    keeper.hold(delivery);
    Backlog.Offer offer = backlog.offer(batch, delivery);
    log.debug("{} was announced: {}", batch.id(), offer);
    if (offer == Backlog.Offer.HELD) {
      held.accept(batch.id());
    }
    if (offer == Backlog.Offer.LOADED || offer == Backlog.Offer.FULL) {
      keeper.forget(List.of(delivery));
    }
    return offer;
  }

  private void refuse(Refusal refusal) {
    String id = refusal.delivery().messageId();
    try {
      boolean moved = inbox.deadLetter(refusal.delivery(), refusal.reason());
      log.warn(
          "message {} cannot be used, {}: {}",
          id,
          moved ? "moved to the dead-letter queue" : "left to the queue's redrive policy",
          refusal.reason());
    } catch (InboxException e) {
      log.error(
          "message {} cannot be used ({}) nor moved to the dead-letter queue, it comes again"
              + " within {}: {}",
          id,
          refusal.reason(),
          Durations.words(inbox.visibility()),
          e.getMessage());
    }
  }

  private void delete(List<Delivery> loaded) {
    if (loaded.isEmpty()) {
      return;
    }
    try {
      inbox.delete(loaded);
    } catch (InboxException e) {
      log.warn(
          "{} messages of loaded batches were not deleted, they come again: {}",
          loaded.size(),
          e.getMessage());
    }
  }

  private record Refusal(Delivery delivery, String reason) {}
}
