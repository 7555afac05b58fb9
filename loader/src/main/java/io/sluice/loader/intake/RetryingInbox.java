package io.sluice.loader.intake;

import io.sluice.loader.retry.Retries;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A queue whose small requests are tried again when they fail of what passes: a delete that fails
 * would cost another delivery and a question to the ledger, an extension that fails may cost the
 * message to another loader. Receiving is left to its own loop.
 */
public final class RetryingInbox implements Inbox {
  private final Inbox inbox;
  private final Retries retries;

  public RetryingInbox(Inbox inbox, Retries retries) {
    this.inbox = inbox;
    this.retries = retries;
  }

  /** Whether a request to the queue may go well when it is sent again. */
  public static boolean passes(Throwable failure) {
    return failure instanceof InboxException inbox && inbox.kind() == InboxException.Kind.TRANSIENT;
  }

  @Override
  public List<Delivery> receive(Duration wait) {
    return inbox.receive(wait);
  }

  @Override
  public int delete(Collection<Delivery> deliveries) {
    return retries.get(() -> inbox.delete(deliveries));
  }

  @Override
  public List<Delivery> extend(Collection<Delivery> deliveries, Duration visibility) {
    return retries.get(() -> inbox.extend(deliveries, visibility));
  }

  @Override
  public boolean deadLetter(Delivery delivery, String reason) {
    return retries.get(() -> inbox.deadLetter(delivery, reason));
  }

  @Override
  public void check() {
    inbox.check();
  }

  @Override
  public QueueDepth depth() {
    return inbox.depth();
  }

  @Override
  public Duration visibility() {
    return inbox.visibility();
  }
}
