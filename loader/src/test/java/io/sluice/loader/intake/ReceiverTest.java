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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName ORDERS = TableName.parse("orders");
  private static final TableName OTHERS = TableName.parse("others");
  private static final Duration VISIBILITY = Duration.ofMinutes(2);

  private final TestClock clock = new TestClock();
  private final InMemoryInbox inbox = new InMemoryInbox(clock, VISIBILITY, true);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Backlog backlog = new Backlog(3);
  private final Receiver receiver = receiver(inbox, keeper);

  @Test
  void holdsMessagesInManifestOrderAndKeepsThemHidden() {
    inbox.send(message(FOLDER, 3, ORDERS));
    inbox.send(message(FOLDER, 1, ORDERS));

    receiver.receive(Duration.ZERO);

    assertThat(backlog.pending(clock.instant()))
        .extracting(batch -> batch.id().manifest())
        .containsExactly(1L, 3L);
    clock.advance(Duration.ofSeconds(90));
    keeper.extend();
    clock.advance(Duration.ofSeconds(90));
    assertThat(inbox.visible()).isZero();
  }

  @Test
  void keepsADuplicateWithItsBatchUntilTheBatchIsLoaded() {
    inbox.send(message(FOLDER, 1, ORDERS));
    inbox.send(message(FOLDER, 1, ORDERS));

    receiver.receive(Duration.ZERO);

    assertThat(backlog.size()).isEqualTo(1);
    assertThat(inbox.size()).isEqualTo(2);
    assertThat(backlog.settle(List.of(new BatchId(FOLDER, 1, ORDERS)))).hasSize(2);
  }

  @Test
  void deletesALateDuplicateOfABatchThatItHasLoaded() {
    backlog.settle(List.of(new BatchId(FOLDER, 1, ORDERS)));
    inbox.send(message(FOLDER, 1, ORDERS));

    receiver.receive(Duration.ZERO);

    assertThat(inbox.size()).isZero();
    assertThat(keeper.held()).isEmpty();
  }

  /** Its batch does not wait for that: the manifest log has it. */
  @Test
  void hidesTheMessagesOfAFullBacklogForHalfADayAndDoesNotReceiveThemAgainAndAgain() {
    for (int number = 1; number <= 8; number++) {
      inbox.send(message(FOLDER, number, ORDERS));
    }

    Instant end = clock.instant().plus(Duration.ofDays(2));
    while (clock.instant().isBefore(end)) {
      receiver.receive(Duration.ZERO);
      keeper.extend();
      clock.advance(Duration.ofSeconds(30));
    }

    assertThat(backlog.size()).isEqualTo(3);
    assertThat(keeper.held()).hasSize(3);
    assertThat(inbox.mostReceives()).isLessThanOrEqualTo(5);
  }

  @Test
  void goesOnReceivingForATableThatHasRoomWhileAnotherIsFull() {
    Backlog other = new Backlog(3);
    Receiver both =
        new Receiver(
            inbox,
            keeper,
            Set.of(FOLDER),
            Map.of(ORDERS, backlog, OTHERS, other),
            held -> {},
            clock,
            100);
    for (int number = 1; number <= 5; number++) {
      inbox.send(message(FOLDER, number, ORDERS));
    }
    inbox.send(message(FOLDER, 6, OTHERS));

    both.receive(Duration.ZERO);

    assertThat(both.hasRoom()).isTrue();
    assertThat(other.size()).isEqualTo(1);
    assertThat(inbox.visible()).isZero();
  }

  @Test
  void hasNoRoomWhenEveryBacklogIsFullAndHasRoomAgainOnceSomeIsLoaded() {
    for (int number = 1; number <= 3; number++) {
      inbox.send(message(FOLDER, number, ORDERS));
    }
    assertThat(receiver.hasRoom()).isTrue();

    receiver.receive(Duration.ZERO);
    assertThat(receiver.hasRoom()).isFalse();

    keeper.forget(backlog.settle(List.of(new BatchId(FOLDER, 1, ORDERS))));
    assertThat(receiver.hasRoom()).isTrue();
  }

  @Test
  void hasNoRoomWhenItHidesTooManyMessagesAndHasRoomAgainOnceTheyCome() {
    Backlog other = new Backlog(3);
    Receiver both =
        new Receiver(
            inbox,
            keeper,
            Set.of(FOLDER),
            Map.of(ORDERS, backlog, OTHERS, other),
            held -> {},
            clock,
            8);
    for (int number = 1; number <= 8; number++) {
      inbox.send(message(FOLDER, number, ORDERS));
    }

    both.receive(Duration.ZERO);
    assertThat(keeper.held()).hasSize(3);
    assertThat(both.hasRoom()).isFalse();

    clock.advance(Duration.ofHours(12));
    assertThat(both.hasRoom()).isTrue();
  }

  @Test
  void holdsNoTextOfAMessage() {
    inbox.send(message(FOLDER, 1, ORDERS));

    receiver.receive(Duration.ZERO);

    assertThat(keeper.held()).singleElement().extracting(Delivery::body).isEqualTo("");
  }

  @Test
  void keepsTheOthersWhenOneCannotBeMovedToTheDeadLetterQueue() {
    inbox.send("not json at all");
    inbox.send("nor this");
    inbox.send(message(FOLDER, 1, ORDERS));
    inbox.failNextDeadLetter();

    receiver.receive(Duration.ZERO);

    assertThat(backlog.size()).isEqualTo(1);
    assertThat(keeper.held()).hasSize(1);
    assertThat(inbox.deadLetters()).containsOnlyKeys("nor this");
    assertThat(inbox.size()).isEqualTo(2);
    clock.advance(VISIBILITY);
    receiver.receive(Duration.ZERO);
    assertThat(inbox.deadLetters()).containsOnlyKeys("nor this", "not json at all");
  }

  @Test
  void keepsTheOthersWhenALateDuplicateCannotBeDeleted() {
    backlog.settle(List.of(new BatchId(FOLDER, 1, ORDERS)));
    inbox.send(message(FOLDER, 1, ORDERS));
    inbox.send(message(FOLDER, 2, ORDERS));
    inbox.failNextDelete();

    receiver.receive(Duration.ZERO);

    assertThat(backlog.size()).isEqualTo(1);
    assertThat(inbox.size()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "not json at all | this is not a manifest message of Sluice",
        "{\"formatVersion\": 1} | this is not a manifest message of Sluice",
        "{\"formatVersion\": 99} | has format version 99",
      })
  void movesWhatItCannotReadToTheDeadLetterQueueWithTheReason(String body, String reason) {
    inbox.send(body);
    inbox.send(message(FOLDER, 1, ORDERS));

    receiver.receive(Duration.ZERO);

    assertThat(inbox.deadLetters()).hasSize(1);
    assertThat(inbox.deadLetters().get(body)).contains(reason);
    assertThat(backlog.size()).isEqualTo(1);
  }

  @Test
  void movesForeignMessagesToTheDeadLetterQueue() {
    inbox.send(message(BatchFolder.parse("s3://elsewhere/x"), 1, ORDERS));
    inbox.send(message(FOLDER, 1, TableName.parse("unknown")));

    receiver.receive(Duration.ZERO);

    assertThat(inbox.deadLetters().values())
        .containsExactlyInAnyOrder(
            "s3://elsewhere/x is none of this loader's batch-folders",
            "public.unknown is none of this loader's tables");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void leavesThemToTheRedrivePolicyWithoutADeadLetterQueue() {
    InMemoryInbox plain = new InMemoryInbox(clock, VISIBILITY, false);
    VisibilityKeeper plainKeeper = new VisibilityKeeper(plain, clock);
    plain.send("not json at all");

    receiver(plain, plainKeeper).receive(Duration.ZERO);

    assertThat(plain.size()).isEqualTo(1);
    assertThat(plainKeeper.held()).isEmpty();
    clock.advance(VISIBILITY);
    assertThat(plain.visible()).isEqualTo(1);
  }

  @Test
  void givesHeldMessagesBackAtOnce() {
    inbox.send(message(FOLDER, 1, ORDERS));
    receiver.receive(Duration.ZERO);
    assertThat(inbox.visible()).isZero();

    assertThat(keeper.release()).isEqualTo(1);

    assertThat(inbox.visible()).isEqualTo(1);
  }

  @Test
  void keepsTryingToExtendWhenTheQueueDoesNotAnswer() {
    inbox.send(message(FOLDER, 1, ORDERS));
    receiver.receive(Duration.ZERO);

    inbox.failNext();
    keeper.extend();

    assertThat(keeper.held()).hasSize(1);
  }

  private Receiver receiver(Inbox from, VisibilityKeeper by) {
    return new Receiver(from, by, Set.of(FOLDER), Map.of(ORDERS, backlog), held -> {}, clock);
  }

  private ManifestMessage message(BatchFolder folder, long number, TableName table) {
    return new ManifestMessage(
        folder, number, table, 10, 100, 1, clock.instant().plusSeconds(number), clock.instant());
  }
}
