package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every queue of manifest messages does, the one in memory like the real one. */
abstract class InboxContract {
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** An empty queue with a dead-letter queue. */
  abstract Inbox inbox();

  abstract void send(String body);

  /** The bodies in the dead-letter queue. */
  abstract List<String> deadLetters();

  @Test
  void handsOutNothingWhenNothingIsThere() {
    assertThat(inbox().receive(Duration.ZERO)).isEmpty();
  }

  @Test
  void handsOutAtMostTenAtOnce() {
    Inbox inbox = inbox();
    for (int i = 0; i < 25; i++) {
      send("message " + i);
    }

    List<Delivery> all = new ArrayList<>();
    while (all.size() < 25) {
      List<Delivery> some = inbox.receive(WAIT);
      assertThat(some).isNotEmpty().hasSizeLessThanOrEqualTo(10);
      all.addAll(some);
    }

    assertThat(all).extracting(Delivery::body).doesNotHaveDuplicates().hasSize(25);
  }

  @Test
  void hidesWhatItHandedOutUntilItIsGivenBack() {
    Inbox inbox = inbox();
    send("one");
    List<Delivery> received = inbox.receive(WAIT);

    assertThat(inbox.receive(Duration.ZERO)).isEmpty();
    assertThat(inbox.extend(received, Duration.ZERO)).isEmpty();

    List<Delivery> again = inbox.receive(WAIT);
    assertThat(again).singleElement().extracting(Delivery::body).isEqualTo("one");
    assertThat(again.get(0).messageId()).isEqualTo(received.get(0).messageId());
  }

  @Test
  void deletesAnyNumber() {
    Inbox inbox = inbox();
    List<Delivery> received = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      send("message " + i);
    }
    while (received.size() < 12) {
      received.addAll(inbox.receive(WAIT));
    }

    inbox.extend(received, Duration.ofSeconds(30));
    inbox.delete(received);

    assertThat(inbox.receive(Duration.ZERO)).isEmpty();
    inbox.delete(List.of());
  }

  @Test
  void tellsWhichMessagesCanNoLongerBeKept() {
    Inbox inbox = inbox();
    send("one");
    List<Delivery> received = inbox.receive(WAIT);
    inbox.delete(received);

    assertThat(inbox.extend(received, Duration.ofSeconds(30))).isEqualTo(received);
  }

  @Test
  void movesAMessageToTheDeadLetterQueue() {
    Inbox inbox = inbox();
    send("not for us");
    Delivery delivery = inbox.receive(WAIT).get(0);

    assertThat(inbox.deadLetter(delivery, "nobody knows it")).isTrue();

    assertThat(deadLetters()).containsExactly("not for us");
    assertThat(inbox.receive(Duration.ZERO)).isEmpty();
  }

  @Test
  void movesAMessageWhateverTheReasonQuotes() {
    Inbox inbox = inbox();
    send("not for us");
    Delivery delivery = inbox.receive(WAIT).get(0);

    assertThat(inbox.deadLetter(delivery, "quotes \0 and \ud83d of " + "x".repeat(100_000)))
        .isTrue();

    assertThat(deadLetters()).containsExactly("not for us");
  }

  @Test
  void countsWhatWaitsAndWhatIsHeld() {
    Inbox inbox = inbox();
    send("one");
    send("two");
    assertThat(inbox.depth()).isEqualTo(new QueueDepth(2, 0, 0));

    List<Delivery> received = inbox.receive(WAIT);

    QueueDepth depth = inbox.depth();
    assertThat(depth.inFlight()).isEqualTo(received.size());
    assertThat(depth.messages()).isEqualTo(2);
  }

  @Test
  void answersThatItIsThere() {
    inbox().check();
  }
}
