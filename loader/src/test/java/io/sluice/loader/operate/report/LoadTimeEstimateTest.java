package io.sluice.loader.operate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.operate.Landing;
import io.sluice.loader.warehouse.LoadSum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTimeEstimateTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T06:00:00Z");

  @Test
  void knowsNothingWithoutATime() {
    LoadSum byHand = new LoadSum(Landing.TABLE, "by-hand", 1, 1, 1, 1, BEGUN);

    assertThat(LoadTimeEstimate.of(List.of())).isEmpty();
    assertThat(PastLoad.of(byHand).took()).isEmpty();
    assertThat(LoadTimeEstimate.of(List.of(PastLoad.of(byHand)))).isEmpty();
  }

  @Test
  void readsTheTimeOfALoadFromItsName() {
    LoadSum sum =
        new LoadSum(
            Landing.TABLE,
            "20261122T060000.000Z-00000000000000ff",
            1,
            1,
            1,
            1,
            BEGUN.plusMillis(1500));

    assertThat(PastLoad.of(sum).took()).contains(Duration.ofMillis(1500));
  }

  @Test
  void followsALineThroughPastLoads() {
    LoadTimeEstimate estimate = estimate(load(100, 3), load(200, 4), load(300, 5));

    assertThat(estimate.loads()).isEqualTo(3);
    assertThat(estimate.of(1000)).isCloseTo(Duration.ofSeconds(12), Duration.ofMillis(1));
    assertThat(estimate.of(0)).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(1));
  }

  @Test
  void takesTheMeanOfLoadsOfOneSize() {
    assertThat(estimate(load(100, 3), load(100, 5)).of(5000)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void neverTakesMoreBytesForFasterNorLessThanNothing() {
    assertThat(estimate(load(100, 5), load(200, 3)).of(1000)).isEqualTo(Duration.ofSeconds(4));
    assertThat(estimate(load(100, 1), load(200, 9)).of(0)).isEqualTo(Duration.ZERO);
    assertThat(estimate(load(100, 1), load(200, 9)).of(150))
        .isCloseTo(Duration.ofSeconds(5), Duration.ofMillis(1));
  }

  private static LoadTimeEstimate estimate(PastLoad... loads) {
    return LoadTimeEstimate.of(List.of(loads)).orElseThrow();
  }

  private static PastLoad load(long bytes, int seconds) {
    return new PastLoad(
        new LoadSum(Landing.TABLE, "x", 1, 1, bytes, 1, BEGUN.plusSeconds(seconds)),
        Optional.of(BEGUN));
  }
}
