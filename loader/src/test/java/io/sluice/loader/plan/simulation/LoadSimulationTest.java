package io.sluice.loader.plan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.config.SettingsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The bounds of the days that DESIGN.md shows. */
class LoadSimulationTest {
  /** Of a table, the intervals that end at both midnights included. */
  private static final long BATCHES = Scenario.DAY.dividedBy(Traffic.INTERVAL) + 1;

  /** Of fifty tables, every two minutes, the last one behind midnight included. */
  private static final long MOST_COPIES = 50 * (30 * 24 + 1);

  /** Each takes a second or two. */
  private static final Map<Scenario, Result> DAYS = new ConcurrentHashMap<>();

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void isTheSameDayWithTheSameSeed() {
    assertThat(LoadSimulation.run(Days.SLOW_ADAPTED, Days.SEED).row())
        .isEqualTo(run(Days.SLOW_ADAPTED).row());
    assertThat(LoadSimulation.run(Days.SLOW_ADAPTED, 7).row())
        .isNotEqualTo(run(Days.SLOW_ADAPTED).row());
  }

  /** Each table every two minutes, and no record older than that, its wait and its COPY. */
  @Test
  void loadsEachTableAtItsMinimumInterval() {
    Result day = run(Days.STEADY);

    assertThat(day.batches()).isEqualTo(50 * BATCHES);
    assertThat(day.copies()).isBetween(50L * 28 * 24, MOST_COPIES);
    assertThat(day.freshness(0.5)).isLessThan(MINUTE.multipliedBy(2));
    assertThat(day.freshness(0.99)).isLessThan(MINUTE.multipliedBy(3));
  }

  @Test
  void takesBurstsIntoLargerLoads() {
    Result day = run(Days.BURSTS);

    assertThat(day.batches()).isEqualTo(50 * BATCHES);
    assertThat(day.copies()).isLessThanOrEqualTo(MOST_COPIES);
    assertThat(day.freshness(0.99)).isLessThan(MINUTE.multipliedBy(4));
  }

  @Test
  void catchesUpWithAnOutageInMinutes() {
    Result day = run(Days.OUTAGE);

    assertThat(day.batches()).isEqualTo(50 * BATCHES);
    assertThat(day.catchUp()).isBetween(MINUTE, MINUTE.multipliedBy(20));
    assertThat(day.freshness(0.5)).isLessThan(MINUTE.multipliedBy(2));
  }

  @Test
  void letsNoTableStarveBehindOneThatIsFarBehind() {
    Result day = run(Days.BEHIND);

    assertThat(day.batches()).isEqualTo(50 * BATCHES + Days.BEHIND.behind());
    assertThat(day.catchUp()).isGreaterThan(Duration.ofHours(1));
    assertThat(day.worstOfTheOthers(0.99)).isLessThan(MINUTE.multipliedBy(4));
  }

  /** 50 tables of 20 s on four turns come round in 250 s: each waits that, and its loads grow. */
  @Test
  void sharesTooFewTurnsEvenly() {
    Result day = run(Days.FEW_TURNS);

    assertThat(day.batches()).isEqualTo(50 * BATCHES);
    assertThat(day.worstOfTheOthers(0.99)).isLessThan(MINUTE.multipliedBy(10));
    assertThat(day.batchesACopy()).isGreaterThan(24);
  }

  @Test
  void asksASlowWarehouseForFewerAndLargerLoadsAndGainsFreshness() {
    Result fixed = run(Days.SLOW_FIXED);
    Result adapted = run(Days.SLOW_ADAPTED);

    assertThat(adapted.batches()).isEqualTo(fixed.batches()).isEqualTo(8 * BATCHES);
    assertThat(adapted.busy()).isLessThan(fixed.busy() * 0.8);
    assertThat(adapted.freshness(0.5)).isLessThan(fixed.freshness(0.5));
    assertThat(adapted.freshness(0.99)).isLessThan(fixed.freshness(0.99));
  }

  @Test
  void isShownInTheDesign() throws IOException {
    assertThat(Files.readString(SettingsReference.folder("loader").resolve("DESIGN.md")))
        .contains(Days.table(LoadSimulationTest::run));
  }

  private static Result run(Scenario scenario) {
    return DAYS.computeIfAbsent(scenario, day -> LoadSimulation.run(day, Days.SEED));
  }
}
