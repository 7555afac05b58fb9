package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.Spread;
import io.sluice.acceptance.benchmark.Turns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was measured of several ways to do the same, one measure a round and way.
 *
 * @param unit of the measures
 */
record Rounds(String contest, String unit, Map<String, List<Double>> measures) {
  /** One way to do it. */
  record Way(String name, Measurement measurement) {}

  /** Does it once and says what that took. */
  @FunctionalInterface
  interface Measurement {
    double take() throws SQLException, InterruptedException;
  }

  /**
   * Runs one round to warm up, which is forgotten, and then so many that count, in the orders of
   * {@link Turns}.
   */
  static Rounds of(
      String contest, String unit, List<Way> ways, int rounds, Consumer<String> progress)
      throws SQLException, InterruptedException {
    Map<String, List<Double>> measures = new LinkedHashMap<>();
    ways.forEach(way -> measures.put(way.name(), new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      for (Way way : Turns.inRound(round, ways)) {
        double measure = way.measurement().take();
        progress.accept(
            "%-8s %-8s %-34s %,10.3f %s"
                .formatted(
                    contest, round == 0 ? "warm-up" : "round " + round, way.name(), measure, unit));
        if (round > 0) {
          measures.get(way.name()).add(measure);
        }
      }
    }
    return new Rounds(contest, unit, measures);
  }

  /** One ratio a round. */
  List<Double> ratios(String above, String below) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < measures.get(above).size(); round++) {
      ratios.add(measures.get(above).get(round) / measures.get(below).get(round));
    }
    return ratios;
  }

  /** The same, for people. */
  Figure figure(String what, String above, String below) {
    return new Figure(what, "", Spread.of(ratios(above, below)));
  }

  /** A way's measures, for people. */
  Figure figure(String way) {
    return new Figure(contest + ": " + way, unit, Spread.of(measures.get(way)));
  }

  /** A number that no gate is set for. */
  record Figure(String what, String unit, Spread spread) {}
}
