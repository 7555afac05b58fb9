package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final TableName A = TableName.parse("a");
  private static final TableName B = TableName.parse("b");
  private static final TableName C = TableName.parse("c");

  private final Turns turns = new Turns(1);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<TableName> unwanted = new CopyOnWriteArrayList<>();

  @Test
  void letsTheTableGoFirstThatHasBeenOverdueLongest() throws InterruptedException {
    assertThat(turns.await(A, NOW, () -> true)).isTrue();
    Thread later = waiting(B, NOW.plusSeconds(9));
    Thread earlier = waiting(C, NOW.minusSeconds(9));

    turns.giveBack();
    await().until(() -> heard.size() == 1);
    turns.giveBack();
    await().until(() -> heard.size() == 2);

    assertThat(heard).containsExactly(C + " true", B + " true");
    join(later, earlier);
  }

  @Test
  void givesNoTurnToATableThatNoLongerWantsOne() throws InterruptedException {
    assertThat(turns.await(A, NOW, () -> true)).isTrue();
    Thread waiting = waiting(B, NOW);
    Thread other = waiting(C, NOW.plusSeconds(1));

    unwanted.add(B);
    turns.wake();
    await().until(() -> heard.size() == 1);
    turns.giveBack();
    await().until(() -> heard.size() == 2);

    assertThat(heard).containsExactly(B + " false", C + " true");
    assertThat(turns.await(B, NOW, () -> false)).isFalse();
    join(waiting, other);
  }

  @Test
  void passesOverAThreadThatWasInterrupted() throws InterruptedException {
    assertThat(turns.await(A, NOW, () -> true)).isTrue();
    Thread interrupted = waiting(B, NOW.minusSeconds(9));
    Thread other = waiting(C, NOW);
    interrupted.interrupt();
    await().until(() -> heard.contains(B + " interrupted"));

    turns.giveBack();

    await().until(() -> heard.contains(C + " true"));
    join(interrupted, other);
  }

  private Thread waiting(TableName table, Instant overdueSince) {
    Thread thread =
        new Thread(
            () -> {
              try {
                heard.add(
                    table
                        + " "
                        + turns.await(table, overdueSince, () -> !unwanted.contains(table)));
              } catch (InterruptedException e) {
                heard.add(table + " interrupted");
              }
            });
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private static void join(Thread... threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(10).toMillis());
    }
  }
}
