package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  private final Backlog backlog = new Backlog(10);

  @Test
  void leavesTheLastFifthOfItsRoomToTheLog() {
    for (int number = 101; number <= 108; number++) {
      assertThat(announce(number)).isEqualTo(Backlog.Offer.HELD);
    }
    assertThat(backlog.isFull()).isTrue();
    assertThat(announce(109)).isEqualTo(Backlog.Offer.FULL);

    assertThat(backlog.offer(batch(1))).isEqualTo(Backlog.Offer.HELD);
    assertThat(backlog.offer(batch(2))).isEqualTo(Backlog.Offer.HELD);
    assertThat(backlog.offer(batch(3))).isEqualTo(Backlog.Offer.FULL);

    assertThat(backlog.pending(NOW, 3))
        .extracting(batch -> batch.id().manifest())
        .containsExactly(1L, 2L, 101L);
  }

  /** A message that is received anew, for one, brings its new receipt. */
  @Test
  void takesTheMessageOfABatchThatItHoldsHoweverFullItIs() {
    for (int number = 1; number <= 10; number++) {
      backlog.offer(batch(number));
    }

    assertThat(announce(4)).isEqualTo(Backlog.Offer.DUPLICATE);

    assertThat(backlog.settle(List.of(batch(4).id()))).hasSize(1);
  }

  @Test
  void passesOverWhatRests() {
    backlog.offer(batch(1));
    backlog.offer(batch(2));
    backlog.offer(batch(3));
    backlog.refuse(batch(1).id(), NOW.plusSeconds(60));

    assertThat(backlog.pending(NOW, 1)).containsExactly(batch(2));
    assertThat(backlog.pending(NOW.plusSeconds(60), 1)).containsExactly(batch(1));
  }

  /** A warehouse that was restored has it no longer, and its ledger must be asked. */
  @Test
  void takesABatchForLoadedOnlyAsLongAsItWasLately() {
    TestClock clock = new TestClock();
    Backlog timed = new Backlog(10, clock);
    timed.offer(batch(1));
    timed.settle(List.of(batch(1).id()));

    clock.advance(Duration.ofMinutes(9));
    assertThat(timed.offer(batch(1))).isEqualTo(Backlog.Offer.LOADED);
    clock.advance(Duration.ofMinutes(2));
    assertThat(timed.offer(batch(1))).isEqualTo(Backlog.Offer.HELD);
  }

  private Backlog.Offer announce(long number) {
    return backlog.offer(batch(number), new Delivery("m" + number, "r" + number, ""));
  }

  private static PendingBatch batch(long number) {
    BatchId id = new BatchId(BatchFolder.parse("s3://bucket/x"), number, TableName.parse("things"));
    return new PendingBatch(id, 1, 1, 1, NOW.plusSeconds(number), NOW, NOW);
  }
}
