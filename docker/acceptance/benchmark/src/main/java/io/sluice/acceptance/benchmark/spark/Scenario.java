package io.sluice.acceptance.benchmark.spark;

import io.sluice.acceptance.benchmark.Turns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;

/**
 * Variants that do the same work with the same records, interleaved round by round, so that what
 * else the machine does strikes all of them.
 *
 * @param repeat how many landings make one measure, for those that are over in milliseconds
 */
record Scenario(
    String name, JavaRDD<byte[]> records, Storage storage, List<Variant> variants, int repeat) {
  Scenario {
    variants = List.copyOf(variants);
  }

  /** What was measured: of each variant one measure a round. */
  record Rounds(String scenario, Map<String, List<Measure>> measures) {
    /** One ratio a round. */
    List<Double> ratios(
        Variant numerator, Variant denominator, ToDoubleFunction<Measure> quantity) {
      List<Measure> above = measures.get(numerator.name());
      List<Measure> below = measures.get(denominator.name());
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < above.size(); round++) {
        ratios.add(
            quantity.applyAsDouble(above.get(round)) / quantity.applyAsDouble(below.get(round)));
      }
      return ratios;
    }
  }

  /**
   * Runs one round to warm up, which is forgotten, and then so many that count, in the orders of
   * {@link Turns}.
   */
  Rounds run(int rounds, Meter meter, Consumer<String> progress) throws IOException {
    Map<String, List<Measure>> measures = new LinkedHashMap<>();
    variants.forEach(variant -> measures.put(variant.name(), new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      for (Variant variant : Turns.inRound(round, variants)) {
        Measure measure = meter.measure(variant, records, storage, repeat);
        progress.accept(line(round, variant, measure));
        if (round > 0) {
          measures.get(variant.name()).add(measure);
        }
      }
    }
    return new Rounds(name, measures);
  }

  private String line(int round, Variant variant, Measure measure) {
    return "%-12s %-8s %-24s %8.3f s %8.3f s client %8.3f s server %7.1f requests %7.1f MB %8.1f MB allocated"
        .formatted(
            name,
            round == 0 ? "warm-up" : "round " + round,
            variant.name(),
            measure.wallSeconds(),
            measure.clientCpuSeconds(),
            measure.serverCpuSeconds(),
            measure.requestCount(),
            measure.bytes() / 1e6,
            measure.allocatedMb());
  }
}
