package io.sluice.loader.plan.simulation;

import io.sluice.loader.plan.LoadPolicy;
import java.time.Duration;

/**
 * What a simulated day is like.
 *
 * @param tables how many; the n-th has an n-th of the first one's traffic
 * @param turns how many of them may load at the same time
 * @param policy that of all tables
 * @param warehouse how fast it is
 * @param bursts how many times an hour a table has, on average, ten minutes of eightfold traffic
 * @param outage how long the warehouse is away, from noon on
 * @param behind how many batches of the first table wait at the start
 */
record Scenario(
    String name,
    int tables,
    int turns,
    LoadPolicy policy,
    Warehouse warehouse,
    double bursts,
    Duration outage,
    int behind) {
  static final Duration DAY = Duration.ofDays(1);
  static final Duration NOON = Duration.ofHours(12);

  /**
   * A warehouse of this speed.
   *
   * @param overhead what each COPY costs, however small it is
   * @param bytesPerSecond beyond that
   * @param comfortable how many COPYs at the same time are no slower than one; more than that share
   *     what there is
   */
  record Warehouse(Duration overhead, long bytesPerSecond, int comfortable) {}

  Scenario withBursts(double anHour) {
    return new Scenario(name, tables, turns, policy, warehouse, anHour, outage, behind);
  }

  Scenario withOutage(Duration time) {
    return new Scenario(name, tables, turns, policy, warehouse, bursts, time, behind);
  }

  Scenario withBehind(int batches) {
    return new Scenario(name, tables, turns, policy, warehouse, bursts, outage, batches);
  }
}
