package io.sluice.loader.daemon;

import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives messages as long as there is room for them. One thread. */
final class ReceiveLoop {
  private static final Logger log = LoggerFactory.getLogger(ReceiveLoop.class);

  /** SQS's longest. */
  private static final Duration LONG_POLL = Duration.ofSeconds(20);

  /** After a queue that did not answer. */
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(5);

  /** While no table has room for a message. */
  private static final Duration FULL_PAUSE = Duration.ofSeconds(2);

  private final Receiver receiver;
  private final CountDownLatch stop;
  private final LoaderEvents events;
  private boolean receiving = true;

  /** {@code stop} ends it. */
  ReceiveLoop(Receiver receiver, CountDownLatch stop, LoaderEvents events) {
    this.receiver = receiver;
    this.stop = stop;
    this.events = events;
  }

  void run() throws InterruptedException {
    while (stop.getCount() > 0) {
      events.threadAlive("receive", LONG_POLL.plus(LoaderDaemon.SLACK));
      if (!hasRoom()) {
        awaitStop(FULL_PAUSE);
        continue;
      }
      try {
        receiver.receive(LONG_POLL);
      } catch (InboxException e) {
        if (stop.getCount() == 0) {
          return;
        }
        tell(e);
        awaitStop(FAILURE_PAUSE);
      }
    }
  }

  private static void tell(InboxException e) {
    switch (e.kind()) {
      case TRANSIENT ->
          log.warn("trying again in {}: {}", Durations.words(FAILURE_PAUSE), e.getMessage());
      case MISCONFIGURED ->
          log.error(
              "no messages come in, check loader.queue, loader.aws and the permissions of this"
                  + " loader: {}",
              e.getMessage());
    }
  }

  private boolean hasRoom() {
    boolean room = receiver.hasRoom();
    if (room != receiving) {
      receiving = room;
      log.info(
          room
              ? "receiving messages again"
              : "no room for further messages: they wait in the queue, their batches in the log");
    }
    return room;
  }

  private void awaitStop(Duration atMost) throws InterruptedException {
    if (stop.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      log.debug("no longer receiving");
    }
  }
}
