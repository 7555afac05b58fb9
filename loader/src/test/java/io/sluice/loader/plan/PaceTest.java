package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest(name = "COPYs of {0}, from {1} to {2}: {3}")
  @CsvSource({
    "PT0S, PT2M, PT15M, PT2M", // not known yet
    "PT5S, PT2M, PT15M, PT2M", // a fast warehouse is not slowed
    "PT60S, PT2M, PT15M, PT2M",
    "PT90S, PT2M, PT15M, PT3M", // twice its own time
    "PT5M, PT2M, PT15M, PT10M",
    "PT1H, PT2M, PT15M, PT15M", // bounded
    "PT1H, PT2M, PT2M, PT2M", // turned off
    "PT1H, PT2M, PT0S, PT2M",
    "PT1H, PT0S, PT15M, PT0S", // no interval is wanted at all
  })
  void followsTheTimeOfTheCopiesWithinItsBounds(
      Duration copyTime, Duration least, Duration longest, Duration interval) {
    LoadPolicy policy = new LoadPolicy(Duration.ofMinutes(1), least, longest, 1, 1, 1);

    assertThat(new Pace(Instant.MIN, Instant.MIN, copyTime).interval(policy)).isEqualTo(interval);
  }
}
