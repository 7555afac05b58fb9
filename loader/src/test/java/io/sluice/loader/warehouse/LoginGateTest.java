package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.loader.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoginGateTest {
  private final TestClock clock = new TestClock();
  private final LoginGate gate = new LoginGate(clock, new Random(1));
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void triesARefusedLoginOnceForAllWithGrowingPauses() {
    Duration longest = Duration.ZERO;
    for (int probe = 1; probe <= 8; probe++) {
      Instant next = refuse();
      for (int table = 0; table < 20; table++) {
        assertThat(refuse()).isEqualTo(next);
      }
      assertThat(tries).hasValue(probe);
      Duration pause = Duration.between(clock.instant(), next);
      long ceiling = Math.min(900, 30L << (probe - 1));
      assertThat(pause.toSeconds()).isBetween(ceiling / 2, ceiling);
      longest = pause;
      clock.advance(pause);
    }
    assertThat(longest).isGreaterThan(Duration.ofMinutes(7));
  }

  @Test
  void opensForAllAgainOnceALoginGoesThrough() {
    clock.advance(Duration.between(clock.instant(), refuse()));

    assertThat(gate.pass(() -> "session")).isEqualTo("session");
    assertThat(gate.pass(() -> "another")).isEqualTo("another");

    Duration first = Duration.between(clock.instant(), refuse());
    assertThat(first).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void letsOthersWaitForTheOneProbeAndUseItsAnswer() throws InterruptedException {
    clock.advance(Duration.between(clock.instant(), refuse()));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<String> probe =
        CompletableFuture.supplyAsync(
            () ->
                gate.pass(
                    () -> {
                      begun.countDown();
                      Awaitility.await().until(() -> answer.getCount() == 0);
                      return refused();
                    }));
    begun.await();
    CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> gate.pass(this::refused));
    answer.countDown();

    assertThatThrownBy(probe::join).hasCauseInstanceOf(WarehouseException.class);
    assertThatThrownBy(other::join).hasCauseInstanceOf(WarehouseException.class);
    assertThat(tries).hasValue(2);
  }

  @Test
  void staysOpenForWhatPassesByItself() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        tries.incrementAndGet();
                        throw new WarehouseException(
                            FailureKind.TRANSIENT, "no route", "wait", null);
                      }))
          .isInstanceOfSatisfying(WarehouseException.class, e -> assertThat(e.retryAt()).isEmpty());
    }
    assertThat(tries).hasValue(3);
  }

  private String refused() {
    tries.incrementAndGet();
    throw new WarehouseException(
        FailureKind.MISCONFIGURED, "password authentication failed", "check it", null);
  }

  private Instant refuse() {
    WarehouseException e =
        catchThrowableOfType(WarehouseException.class, () -> gate.pass(this::refused));
    assertThat(e).hasMessage("password authentication failed");
    return e.retryAt().orElseThrow();
  }
}
