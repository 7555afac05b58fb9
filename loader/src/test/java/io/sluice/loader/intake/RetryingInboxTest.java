package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.loader.plan.Backoff;
import io.sluice.loader.retry.Retries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingInboxTest extends InboxContract {
  private final InMemoryInbox queue =
      new InMemoryInbox(InstantSource.system(), Duration.ofSeconds(30), true);
  private final Inbox inbox =
      new RetryingInbox(
          queue,
          new Retries(
              new Backoff(Duration.ofMillis(2), Duration.ofMillis(5)),
              3,
              RetryingInbox::passes,
              new Random(1)));

  @Test
  void triesAgainWhatPasses() {
    send("one");
    List<Delivery> received = inbox.receive(Duration.ZERO);

    queue.failNext();
    assertThat(inbox.extend(received, Duration.ofSeconds(30))).isEmpty();
    queue.failNext();
    inbox.delete(received);

    assertThat(queue.size()).isZero();
  }

  @Test
  void tellsAtOnceWhatStays() {
    send("one");
    List<Delivery> received = inbox.receive(Duration.ZERO);
    queue.failNextDeadLetter();
    int before = queue.requests();

    assertThatThrownBy(() -> inbox.deadLetter(received.get(0), "nobody knows it"))
        .isInstanceOf(InboxException.class)
        .hasMessage("no such queue");
    assertThat(queue.requests() - before).isEqualTo(1);
  }

  @Override
  Inbox inbox() {
    return inbox;
  }

  @Override
  void send(String body) {
    queue.send(body);
  }

  @Override
  List<String> deadLetters() {
    return List.copyOf(queue.deadLetters().keySet());
  }
}
