package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hours of waiting, by a clock that is told to go on. */
class VisibilityKeeperTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName TABLE = TableName.parse("things");
  private static final BatchId BATCH = new BatchId(FOLDER, 1, TABLE);
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final Duration PASS = VISIBILITY.dividedBy(3);

  private final TestClock clock = new TestClock();
  private final InMemoryInbox inbox = new InMemoryInbox(clock, VISIBILITY, true);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Backlog backlog = new Backlog(100);
  private final Receiver receiver =
      new Receiver(inbox, keeper, Set.of(FOLDER), Map.of(TABLE, backlog), held -> {}, clock);

  @Test
  void keepsAMessageHiddenForHours() {
    receive();

    for (Instant end = clock.instant().plus(Duration.ofHours(11));
        clock.instant().isBefore(end); ) {
      clock.advance(PASS);
      assertThat(inbox.visible()).isZero();
      keeper.extend();
    }

    assertThat(inbox.mostReceives()).isEqualTo(1);
  }

  @Test
  void asksSeldomForMessagesThatItHasHeldForLong() {
    receive();
    int before = inbox.requests();

    for (int i = 0; i < 10 * 360; i++) {
      clock.advance(PASS);
      keeper.extend();
    }

    assertThat(inbox.requests() - before).isLessThan(10 * 60);
    assertThat(inbox.visible()).isZero();
  }

  @Test
  void leavesAMessageHiddenForALimitedTimeWhenItDies() {
    receive();
    Duration held = Duration.ofSeconds(40);
    hold(held);
    assertThat(inbox.visible()).isZero();

    clock.advance(held.multipliedBy(VisibilityKeeper.TIMES_ITS_AGE));

    assertThat(inbox.visible()).isEqualTo(1);
  }

  @Test
  void survivesRequestsThatFail() {
    receive();
    hold(Duration.ofHours(1));

    inbox.failNextExtends(3);
    hold(Duration.ofMinutes(10));

    assertThat(inbox.failingExtends()).isZero();
    assertThat(inbox.visible()).isZero();
    assertThat(inbox.mostReceives()).isEqualTo(1);
  }

  /** SQS hides no message longer than twelve hours from its receipt. */
  @Test
  void letsAMessageGoBeforeTwelveHoursAndTakesItBackWithItsBatch() {
    receive();

    hold(Duration.ofHours(36));

    assertThat(backlog.size()).isEqualTo(1);
    assertThat(keeper.held()).hasSize(1);
    assertThat(inbox.mostReceives()).isEqualTo(4);
    List<Delivery> settled = backlog.settle(List.of(BATCH));
    keeper.forget(settled);
    inbox.delete(settled);
    assertThat(inbox.size()).isZero();
    assertThat(keeper.size()).isZero();
  }

  @Test
  void triesAgainToLetAMessageGo() {
    receive();
    hold(VisibilityKeeper.LONGEST_HOLD.minus(VisibilityKeeper.LONGEST));

    inbox.failNextExtends(20);
    hold(Duration.ofMinutes(15));

    assertThat(inbox.failingExtends()).isZero();
    assertThat(backlog.size()).isEqualTo(1);
    assertThat(keeper.held()).hasSize(1);
    assertThat(inbox.mostReceives()).isEqualTo(2);
  }

  @Test
  void forgetsWhatThePurgeOfAQueueTook() {
    receive();
    inbox.purge();

    hold(Duration.ofMinutes(1));

    assertThat(keeper.size()).isZero();
    assertThat(backlog.size()).isEqualTo(1);
  }

  @Test
  void givesBackMoreThanARequestTakes() {
    for (int number = 1; number <= 250; number++) {
      inbox.send(message(number));
    }
    Backlog large = new Backlog(1000);
    Receiver all =
        new Receiver(inbox, keeper, Set.of(FOLDER), Map.of(TABLE, large), held -> {}, clock);
    while (inbox.visible() > 0) {
      all.receive(Duration.ZERO);
    }

    assertThat(keeper.release()).isEqualTo(250);
    assertThat(inbox.visible()).isEqualTo(250);
  }

  private void receive() {
    inbox.send(message(1));
    receiver.receive(Duration.ZERO);
    assertThat(keeper.held()).hasSize(1);
  }

  private void hold(Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      clock.advance(PASS);
      keeper.extend();
      receiver.receive(Duration.ZERO);
    }
  }

  private ManifestMessage message(long number) {
    return new ManifestMessage(FOLDER, number, TABLE, 10, 100, 1, clock.instant(), clock.instant());
  }
}
