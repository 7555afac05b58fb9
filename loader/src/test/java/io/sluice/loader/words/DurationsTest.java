package io.sluice.loader.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.0004S, 0s",
    "PT0.04S, 40ms",
    "PT0.405879838S, 405ms",
    "PT5S, 5s",
    "PT1.25S, 1.3s",
    "PT59.9S, 59.9s",
    "PT60S, 1m",
    "PT22M, 22m",
    "PT59M50S, 59m 50s",
    "PT1H5M7S, 1h 5m",
    "PT24H, 1d",
    "P3DT4H5M, 3d 4h",
    "PT-90S, -1m 30s"
  })
  void areTheTwoLargestUnits(Duration duration, String words) {
    assertThat(Durations.words(duration)).isEqualTo(words);
  }
}
