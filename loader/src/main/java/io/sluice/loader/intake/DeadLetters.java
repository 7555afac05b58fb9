package io.sluice.loader.intake;

import java.time.Duration;
import java.util.List;

/**
 * The dead-letter queue, as a person looks through it: what was received is hidden from others for
 * some minutes, until it is sent back or this is closed.
 *
 * <p>Every method throws {@link InboxException}. One thread.
 */
public interface DeadLetters extends AutoCloseable {
  /** At most ten messages that were not received yet, none when {@code wait} passes without one. */
  List<DeadLetter> receive(Duration wait);

  /**
   * Sends a message back to the queue and then takes it off this one: after a failure between, it
   * is in both, which is harmless. Its attributes go with it, the reason under another name.
   */
  void sendBack(DeadLetter letter);

  /** Gives back what was received and not sent back. */
  @Override
  void close();
}
