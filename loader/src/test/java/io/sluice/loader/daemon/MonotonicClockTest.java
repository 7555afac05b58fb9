package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.loader.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
  private final TestClock timeOfDay = new TestClock();
  private final MonotonicClock clock = new MonotonicClock(timeOfDay);

  @Test
  void goesOnEvenlyWhenTheTimeOfDayIsSet() {
    Instant before = clock.instant();

    timeOfDay.advance(Duration.ofDays(3));
    assertThat(clock.instant()).isBetween(before, before.plusSeconds(60));
    timeOfDay.advance(Duration.ofDays(-9));
    assertThat(clock.instant()).isBetween(before, before.plusSeconds(60));
  }

  @Test
  void startsAtTheTimeOfDayAndGoesOn() {
    Instant start = timeOfDay.instant();

    assertThat(clock.instant()).isBetween(start, start.plusSeconds(60));
    await().until(() -> Duration.between(start, clock.instant()).toMillis() >= 50);
  }
}
