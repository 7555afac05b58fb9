package io.sluice.loader.plan.simulation;

import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.simulation.Scenario.Warehouse;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The days of the table in DESIGN.md; as a program it prints them. */
final class Days {
  static final long SEED = 20261122;

  private static final LoadPolicy DEFAULT = LoadPolicy.DEFAULT;
  private static final LoadPolicy FIXED =
      new LoadPolicy(
          DEFAULT.maxWait(),
          DEFAULT.minInterval(),
          DEFAULT.maxBytes(),
          DEFAULT.maxFiles(),
          DEFAULT.maxBatches());
  private static final Warehouse FAST = new Warehouse(Duration.ofSeconds(2), 50_000_000, 4);
  private static final Warehouse SLOW = new Warehouse(Duration.ofSeconds(90), 50_000_000, 4);

  static final Scenario STEADY = fifty("50 tables");
  static final Scenario BURSTS = fifty("50 tables, bursts").withBursts(0.2);
  static final Scenario OUTAGE =
      fifty("50 tables, bursts, an hour's outage").withBursts(0.2).withOutage(Duration.ofHours(1));
  static final Scenario BEHIND =
      fifty("50 tables, the first 20,000 batches behind").withBehind(20_000);
  static final Scenario FEW_TURNS =
      new Scenario(
          "50 tables, COPYs of 20 s, 4 turns",
          50,
          4,
          DEFAULT,
          new Warehouse(Duration.ofSeconds(20), 50_000_000, 4),
          0,
          Duration.ZERO,
          0);
  static final Scenario SLOW_FIXED =
      new Scenario(
          "8 tables, COPYs of 90 s, fixed interval", 8, 8, FIXED, SLOW, 0, Duration.ZERO, 0);
  static final Scenario SLOW_ADAPTED =
      new Scenario("8 tables, COPYs of 90 s", 8, 8, DEFAULT, SLOW, 0, Duration.ZERO, 0);

  private Days() {}

  /** The whole table of what {@code run} makes of the days. */
  static String table(Function<Scenario, Result> run) {
    Stream<String> rows =
        Stream.of(STEADY, BURSTS, OUTAGE, BEHIND, FEW_TURNS, SLOW_FIXED, SLOW_ADAPTED)
            .map(run)
            .map(Result::row);
    return Stream.concat(Stream.of(Result.HEADER), rows).collect(Collectors.joining("\n"));
  }

  public static void main(String[] arguments) {
    System.out.println(table(scenario -> LoadSimulation.run(scenario, SEED)));
  }

  private static Scenario fifty(String name) {
    return new Scenario(name, 50, 4, DEFAULT, FAST, 0, Duration.ZERO, 0);
  }
}
