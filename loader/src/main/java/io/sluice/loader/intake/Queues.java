package io.sluice.loader.intake;

import java.net.URI;

/** Queues, as they are set up. Safe for use by several threads. */
public interface Queues {
  /**
   * How a queue is set up.
   *
   * @throws InboxException when it does not say
   */
  QueueAttributes attributes(URI queue);
}
