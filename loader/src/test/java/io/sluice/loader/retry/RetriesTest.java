package io.sluice.loader.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.loader.plan.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(2), Duration.ofMillis(10));

  private final List<Integer> tries = new ArrayList<>();

  @Test
  void triesAgainUntilItSucceeds() {
    assertThat(retries(SHORT).get(() -> failing(2, new IllegalStateException("busy"))))
        .isEqualTo(3);
  }

  @Test
  void givesUpWithTheRequestsOwnException() {
    assertThatThrownBy(
            () -> retries(SHORT).get(() -> failing(9, new IllegalStateException("busy"))))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("busy");
    assertThat(tries).hasSize(4);
  }

  @Test
  void triesOnceWhatDoesNotPass() {
    assertThatThrownBy(
            () -> retries(SHORT).run(() -> failing(9, new IllegalArgumentException("never"))))
        .hasMessage("never");
    assertThat(tries).hasSize(1);
  }

  @Test
  void endsWithTheLastFailureWhenItIsInterrupted() {
    Backoff endless = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () -> retries(endless).get(() -> failing(9, new IllegalStateException("busy"))))
        .hasMessage("busy");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(tries).hasSize(1);
  }

  private static Retries retries(Backoff backoff) {
    return new Retries(backoff, 4, e -> e instanceof IllegalStateException, new Random(1));
  }

  private int failing(int times, RuntimeException failure) {
    tries.add(tries.size() + 1);
    if (tries.size() <= times) {
      throw failure;
    }
    return tries.size();
  }
}
