package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  @ParameterizedTest
  @CsvSource({"1, PT1S", "2, PT2S", "5, PT16S", "9, PT4M16S", "10, PT5M", "1000000, PT5M"})
  void doublesUpToTheLongest(int failures, Duration ceiling) {
    assertThat(backoff.ceiling(failures)).isEqualTo(ceiling);
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "50"})
  void spreadsPausesBelowTheCeiling(int failures) {
    Random random = new Random(7);
    Duration ceiling = backoff.ceiling(failures);
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.jittered(failures, random)).isBetween(Duration.ZERO, ceiling);
      assertThat(backoff.steady(failures, random)).isBetween(ceiling.dividedBy(2), ceiling);
    }
  }
}
