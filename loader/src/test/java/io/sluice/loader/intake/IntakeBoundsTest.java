package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a loader takes in of a queue that never ends, while none of it can be loaded. */
class IntakeBoundsTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName STUCK = TableName.parse("stuck");
  private static final TableName IDLE = TableName.parse("idle");
  private static final long MILLION = 1_000_000;
  private static final int PER_TABLE = 10_000;
  private static final int HIDDEN = 40_000;

  private final TestClock clock = new TestClock();
  private final EndlessInbox inbox = new EndlessInbox();
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Backlog stuck = new Backlog(PER_TABLE);
  private final Receiver receiver =
      new Receiver(
          inbox,
          keeper,
          Set.of(FOLDER),
          Map.of(STUCK, stuck, IDLE, new Backlog(10)),
          held -> {},
          clock);

  @Test
  void takesNoMoreThanItsBoundsOfAMillionMessages() {
    while (receiver.hasRoom() && inbox.sent < MILLION) {
      receiver.receive(Duration.ZERO);
    }

    assertThat(inbox.sent).isEqualTo(HIDDEN);
    assertThat(stuck.size()).isEqualTo(keeper.size()).isEqualTo(PER_TABLE * 4 / 5);
    assertThat(inbox.parked).isEqualTo(HIDDEN - keeper.size());
  }

  @Test
  void asksTheQueueSeldomForAllThatItHolds() {
    while (receiver.hasRoom()) {
      receiver.receive(Duration.ZERO);
    }
    hold(Duration.ofMinutes(10));
    inbox.extended = 0;

    hold(Duration.ofHours(1));

    // Each of them every 160 s: some 18,000 requests of ten an hour, 5 a second.
    assertThat(inbox.extended / 10).isBetween(15_000L, 20_000L);
  }

  private void hold(Duration time) {
    for (long pass = 0; pass < time.toSeconds() / 10; pass++) {
      clock.advance(Duration.ofSeconds(10));
      keeper.extend();
    }
  }

  /** A queue that has another ten messages whenever it is asked. */
  private final class EndlessInbox implements Inbox {
    private long sent;
    private long parked;
    private long extended;

    @Override
    public List<Delivery> receive(Duration wait) {
      return new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> next()).toList());
    }

    private Delivery next() {
      sent++;
      ManifestMessage message =
          new ManifestMessage(
              FOLDER, sent, STUCK, 10, 100, 1, clock.instant().plusSeconds(sent), clock.instant());
      return new Delivery("m" + sent, "r" + sent, ContractJson.write(message));
    }

    @Override
    public int delete(Collection<Delivery> deliveries) {
      throw new AssertionError("nothing is loaded, and nothing must be deleted");
    }

    @Override
    public List<Delivery> extend(Collection<Delivery> deliveries, Duration time) {
      if (time.equals(Parking.TIME)) {
        parked += deliveries.size();
      } else {
        extended += deliveries.size();
      }
      return List.of();
    }

    @Override
    public boolean deadLetter(Delivery delivery, String reason) {
      throw new AssertionError("all of it can be used, and not: " + reason);
    }

    @Override
    public void check() {}

    @Override
    public QueueDepth depth() {
      return new QueueDepth(MILLION, sent, 0);
    }

    @Override
    public Duration visibility() {
      return Duration.ofSeconds(30);
    }
  }
}
