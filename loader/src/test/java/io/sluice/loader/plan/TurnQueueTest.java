package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final TableName A = TableName.parse("a");
  private static final TableName B = TableName.parse("b");
  private static final TableName C = TableName.parse("c");

  private final TurnQueue queue = new TurnQueue(1);

  @Test
  void givesTheTurnToTheTableThatHasBeenOverdueLongestWhoeverAskedFirst() {
    queue.ask(A, NOW);
    queue.ask(B, NOW.minusSeconds(5));
    queue.ask(C, NOW.plusSeconds(5));

    assertThat(queue.take(A)).isFalse();
    assertThat(queue.take(B)).isTrue();
    assertThat(queue.take(A)).isFalse();
    queue.giveBack();
    assertThat(queue.next()).contains(A);
    assertThat(queue.next()).isEmpty();
    queue.giveBack();
    assertThat(queue.next()).contains(C);
    queue.giveBack();
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void givesAsManyTurnsAtOnceAsThereAre() {
    TurnQueue two = new TurnQueue(2);
    two.ask(A, NOW);
    two.ask(B, NOW);
    two.ask(C, NOW);

    assertThat(two.take(A)).isTrue();
    assertThat(two.take(B)).isTrue();
    assertThat(two.take(C)).isFalse();
    two.giveBack();
    assertThat(two.take(C)).isTrue();
  }

  @Test
  void passesOverWhoNoLongerWantsATurnAndHeedsTheNewTimeOfWhoAsksAgain() {
    queue.ask(A, NOW);
    queue.ask(B, NOW.plusSeconds(1));
    queue.ask(C, NOW.plusSeconds(2));
    queue.withdraw(A);
    queue.ask(B, NOW.plusSeconds(3));

    assertThat(queue.next()).contains(C);
  }

  @Test
  void needsATurnToGive() {
    assertThatThrownBy(() -> new TurnQueue(0)).hasMessage("somebody must have a turn, not 0");
  }
}
