package io.sluice.loader.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The queue of manifest messages: at least once, in any order.
 *
 * <p>Every method throws {@link InboxException}. Safe for use by several threads.
 */
public interface Inbox {
  /** At most ten messages, none when {@code wait} passes without one. */
  List<Delivery> receive(Duration wait);

  /**
   * Takes messages off the queue. One that came again since may stay, and comes again.
   *
   * @return how many the queue has taken off
   */
  int delete(Collection<Delivery> deliveries);

  /**
   * Keeps messages from being handed out again for {@code visibility} from now; zero gives them
   * back at once.
   *
   * @return those that can no longer be kept: they are, or will be, handed out again
   */
  List<Delivery> extend(Collection<Delivery> deliveries, Duration visibility);

  /**
   * Moves a message to the dead-letter queue with the reason, if the settings name one.
   *
   * @return false when there is none: the message is left to the queue's own redrive policy
   */
  boolean deadLetter(Delivery delivery, String reason);

  /** Asks the queue whether it is there, and changes nothing. */
  void check();

  /** How many messages the queue has. */
  QueueDepth depth();

  /** How long a message that was received stays hidden unless it is extended. */
  Duration visibility();
}
