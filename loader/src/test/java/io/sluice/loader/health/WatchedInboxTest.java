package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.loader.TestClock;
import io.sluice.loader.intake.Delivery;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.InboxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedInboxTest {
  private final InMemoryInbox queue =
      new InMemoryInbox(new TestClock(), Duration.ofSeconds(30), true);
  private final List<String> told = new ArrayList<>();
  private final WatchedInbox inbox = new WatchedInbox(queue, new Recorder());

  @Test
  void tellsWhatPasses() {
    queue.send("one");
    queue.send("two");
    List<Delivery> received = inbox.receive(Duration.ZERO);

    inbox.delete(received.subList(0, 1));
    inbox.deadLetter(received.get(1), "foreign");
    inbox.check();

    assertThat(told).containsExactly("received 2", "deleted 1", "dead-lettered", "received 0");
    assertThat(queue.size()).isZero();
    assertThat(inbox.visibility()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void countsNoDeadLetterThatWasNotMoved() {
    InMemoryInbox none = new InMemoryInbox(new TestClock(), Duration.ofSeconds(30), false);
    none.send("one");
    WatchedInbox watched = new WatchedInbox(none, new Recorder());

    assertThat(watched.deadLetter(watched.receive(Duration.ZERO).get(0), "foreign")).isFalse();

    assertThat(told).containsExactly("received 1");
  }

  @Test
  void tellsThatTheQueueDoesNotAnswerAndThrowsOn() {
    queue.failNext();

    assertThatThrownBy(() -> inbox.receive(Duration.ZERO)).isInstanceOf(InboxException.class);

    assertThat(told).singleElement().asString().startsWith("queue failed: ");
  }

  @Test
  void countsNoDeleteThatFailed() {
    queue.send("one");
    List<Delivery> received = inbox.receive(Duration.ZERO);
    queue.failNextDelete();

    assertThatThrownBy(() -> inbox.delete(received)).isInstanceOf(InboxException.class);

    assertThat(told).containsExactly("received 1");
  }

  private final class Recorder implements LoaderEvents {
    @Override
    public void received(int messages) {
      told.add("received " + messages);
    }

    @Override
    public void deleted(int messages) {
      told.add("deleted " + messages);
    }

    @Override
    public void deadLettered() {
      told.add("dead-lettered");
    }

    @Override
    public void queueFailed(String reason) {
      told.add("queue failed: " + reason);
    }
  }
}
