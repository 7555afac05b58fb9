package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName ORDERS = TableName.parse("orders");
  private static final Duration VISIBILITY = Duration.ofMinutes(2);

  private final TestClock clock = new TestClock();
  private final InMemoryInbox inbox = new InMemoryInbox(clock, VISIBILITY, true);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox);
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

  @Test
  void letsAMessageComeAgainWhenTheBacklogIsFull() {
    for (int number = 1; number <= 4; number++) {
      inbox.send(message(FOLDER, number, ORDERS));
    }

    receiver.receive(Duration.ZERO);

    assertThat(backlog.size()).isEqualTo(3);
    assertThat(keeper.held()).hasSize(3);
    clock.advance(VISIBILITY);
    assertThat(inbox.visible()).isEqualTo(4);
    keeper.extend();
    assertThat(inbox.visible()).isEqualTo(1);
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
    VisibilityKeeper plainKeeper = new VisibilityKeeper(plain);
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
    return new Receiver(from, by, Set.of(FOLDER), Map.of(ORDERS, backlog), clock);
  }

  private ManifestMessage message(BatchFolder folder, long number, TableName table) {
    return new ManifestMessage(
        folder, number, table, 10, 100, 1, clock.instant().plusSeconds(number), clock.instant());
  }
}
