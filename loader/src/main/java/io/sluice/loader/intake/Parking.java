package io.sluice.loader.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a table whose backlog is full: hidden for as long as SQS allows, and not remembered
 * one by one.
 *
 * <p>Given back at once they would come again and again, and each time bring the message nearer to
 * the queue's {@code maxReceiveCount}, behind which SQS moves it away. Hidden they come twice a
 * day. Their batches do not wait for that: catch-up offers them from the manifest log, in order, as
 * soon as there is room. Safe for use by several threads.
 */
final class Parking {
  /** SQS's longest, less what the way there may take. */
  static final Duration TIME = VisibilityKeeper.LONGEST_HOLD;

  private static final Logger log = LoggerFactory.getLogger(Parking.class);

  private final Inbox inbox;
  private final InstantSource clock;
  private final Deque<Instant> ends = new ArrayDeque<>();

  Parking(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Hides messages that were just received; those that cannot be hidden come again soon. */
  void park(Collection<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    Instant end = clock.instant().plus(TIME);
    try {
      List<Delivery> lost = inbox.extend(deliveries, TIME);
      synchronized (this) {
        for (int i = lost.size(); i < deliveries.size(); i++) {
          ends.addLast(end);
        }
      }
    } catch (InboxException e) {
      log.warn(
          "cannot hide {} messages of full backlogs, they come again within {}: {}",
          deliveries.size(),
          inbox.visibility(),
          e.getMessage());
    }
  }

  /** How many messages are parked now. */
  synchronized int size() {
    Instant now = clock.instant();
    while (!ends.isEmpty() && !now.isBefore(ends.getFirst())) {
      ends.removeFirst();
    }
    return ends.size();
  }
}
