package io.sluice.loader.plan.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What came of a simulated day.
 *
 * @param copies how many COPYs committed
 * @param busy how many COPYs ran at the same time, on average over the day
 * @param freshness of each batch, from its earliest record to the commit
 * @param tables the same table by table
 * @param catchUp from the end of the outage, or the start, until what had waited then was loaded
 */
record Result(
    Scenario scenario,
    long copies,
    double busy,
    Spread freshness,
    List<Spread> tables,
    Duration catchUp) {
  static final String HEADER =
      "| day | COPYs an hour | batches a COPY | COPYs at once | freshness p50 | p99 | p99 of the"
          + " worst table but the first | catch-up |\n"
          + "|---|---|---|---|---|---|---|---|";

  /** How many batches were loaded. */
  long batches() {
    return freshness.count();
  }

  double copiesAnHour() {
    return copies / (double) Scenario.DAY.toHours();
  }

  double batchesACopy() {
    return batches() / (double) copies;
  }

  Duration freshness(double quantile) {
    return freshness.quantile(quantile);
  }

  /** The worst of the tables but the first, which is the largest and may start behind. */
  Duration worstOfTheOthers(double quantile) {
    return tables.stream()
        .skip(1)
        .map(table -> table.quantile(quantile))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  String row() {
    return "| %s | %.0f | %.1f | %.1f | %s | %s | %s | %s |"
        .formatted(
            scenario.name(),
            copiesAnHour(),
            batchesACopy(),
            busy,
            minutes(freshness(0.5)),
            minutes(freshness(0.99)),
            minutes(worstOfTheOthers(0.99)),
            catchUp.isZero() ? "-" : minutes(catchUp));
  }

  private static String minutes(Duration time) {
    if (time.toHours() > 0) {
      return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
