package io.sluice.loader.health;

import io.sluice.loader.intake.Delivery;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.QueueDepth;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** A queue that tells what passes through it. */
final class WatchedInbox implements Inbox {
  private final Inbox inbox;
  private final LoaderEvents events;

  WatchedInbox(Inbox inbox, LoaderEvents events) {
    this.inbox = inbox;
    this.events = events;
  }

  @Override
  public List<Delivery> receive(Duration wait) {
    List<Delivery> deliveries = asking(() -> inbox.receive(wait));
    events.received(deliveries.size());
    return deliveries;
  }

  @Override
  public int delete(Collection<Delivery> deliveries) {
    int deleted = inbox.delete(deliveries);
    events.deleted(deleted);
    return deleted;
  }

  @Override
  public List<Delivery> extend(Collection<Delivery> deliveries, Duration visibility) {
    return inbox.extend(deliveries, visibility);
  }

  @Override
  public boolean deadLetter(Delivery delivery, String reason) {
    boolean moved = inbox.deadLetter(delivery, reason);
    if (moved) {
      events.deadLettered();
    }
    return moved;
  }

  @Override
  public void check() {
    asking(
        () -> {
          inbox.check();
          return null;
        });
    events.received(0);
  }

  @Override
  public QueueDepth depth() {
    return inbox.depth();
  }

  @Override
  public Duration visibility() {
    return inbox.visibility();
  }

  private <T> T asking(Supplier<T> request) {
    try {
      return request.get();
    } catch (InboxException e) {
      events.queueFailed(e.getMessage());
      throw e;
    }
  }
}
