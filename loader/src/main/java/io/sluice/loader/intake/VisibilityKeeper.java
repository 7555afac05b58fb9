package io.sluice.loader.intake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps held messages from being handed out again, however long their COPY takes.
 *
 * <p>SQS ends a message's invisibility twelve hours after it was received, whatever one asks for:
 * such a message is let go. It is handed out again and meets its batch, which is still held or in
 * the ledger. Safe for use by several threads.
 */
public final class VisibilityKeeper {
  private static final Logger log = LoggerFactory.getLogger(VisibilityKeeper.class);

  private final Inbox inbox;
  private final Map<String, Delivery> held = new LinkedHashMap<>();

  public VisibilityKeeper(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Keeps a message from now on; a later delivery of the same message takes its place. */
  public synchronized void hold(Delivery delivery) {
    held.put(delivery.messageId(), delivery);
  }

  /** Lets messages go that are deleted or given back. */
  public synchronized void forget(Collection<Delivery> deliveries) {
    deliveries.forEach(delivery -> held.remove(delivery.messageId(), delivery));
  }

  /** What is held now. */
  public synchronized List<Delivery> held() {
    return List.copyOf(held.values());
  }

  /** One pass over all that is held: to be called a few times in each visibility time. */
  public void extend() {
    List<Delivery> deliveries = held();
    if (deliveries.isEmpty()) {
      return;
    }
    try {
      List<Delivery> lost = inbox.extend(deliveries, inbox.visibility());
      // One that was settled meanwhile is no longer held, and no loss.
      lost = lost.stream().filter(held()::contains).toList();
      forget(lost);
      if (!lost.isEmpty()) {
        log.info("{} held messages will be handed out again: the ledger tells them", lost.size());
      }
    } catch (InboxException e) {
      log.warn(
          "cannot keep {} held messages hidden, trying again: {}",
          deliveries.size(),
          e.getMessage());
    }
  }

  /** Gives back all that is held, so that another loader can have it at once. */
  public int release() {
    List<Delivery> deliveries = held();
    try {
      inbox.extend(deliveries, java.time.Duration.ZERO);
    } catch (InboxException e) {
      log.warn(
          "cannot give {} messages back, they come again within {}: {}",
          deliveries.size(),
          inbox.visibility(),
          e.getMessage());
    }
    forget(deliveries);
    return deliveries.size();
  }
}
