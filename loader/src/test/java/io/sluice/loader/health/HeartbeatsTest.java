package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final String WORKER = "load-public.things";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Heartbeats heartbeats = new Heartbeats(Duration.ofHours(1), nanos::get);

  @Test
  void namesAThreadThatIsNotHeardOfInTime() {
    heartbeats.threadAlive("receive", Duration.ofSeconds(30));
    advance(Duration.ofSeconds(30));
    assertThat(heartbeats.problems()).isEmpty();

    advance(Duration.ofSeconds(1));

    assertThat(heartbeats.problems())
        .containsExactly("thread receive was to be heard of within 30s, and was not for 31s");
    heartbeats.threadAlive("receive", Duration.ofSeconds(30));
    assertThat(heartbeats.problems()).isEmpty();
  }

  @Test
  void letsAWorkerWaitForItsTurn() {
    heartbeats.threadAlive(WORKER, Duration.ofSeconds(30));
    heartbeats.threadBusy(WORKER);

    advance(Duration.ofDays(1));

    assertThat(heartbeats.problems()).isEmpty();
    assertThat(heartbeats.loads()).isZero();
  }

  @Test
  void boundsALoadFromOneTransactionToTheNext() {
    heartbeats.threadBusy(WORKER);
    heartbeats.loading(WORKER, Loads.TABLE);
    assertThat(heartbeats.loads()).isEqualTo(1);

    advance(Duration.ofMinutes(50));
    heartbeats.loaded(Loads.outcome(new TestClock().instant()));
    advance(Duration.ofMinutes(50));
    heartbeats.quarantined(Loads.TABLE, Loads.badFile("part-1"));
    advance(Duration.ofMinutes(50));
    assertThat(heartbeats.problems()).isEmpty();

    advance(Duration.ofMinutes(11));
    assertThat(heartbeats.problems()).singleElement().asString().contains(WORKER);

    heartbeats.threadAlive(WORKER, Duration.ofMinutes(1));
    assertThat(heartbeats.problems()).isEmpty();
    assertThat(heartbeats.loads()).isZero();
  }

  @Test
  void expectsNothingOfAThreadThatEnded() {
    heartbeats.threadAlive("receive", Duration.ofSeconds(30));
    heartbeats.loading(WORKER, Loads.TABLE);

    heartbeats.threadEnded("receive");
    heartbeats.threadEnded(WORKER);
    advance(Duration.ofDays(1));

    assertThat(heartbeats.problems()).isEmpty();
    assertThat(heartbeats.loads()).isZero();
  }

  @Test
  void neverForgetsTheDead() {
    heartbeats.threadDied("catch-up");

    assertThat(heartbeats.problems()).containsExactly("thread catch-up died");
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
