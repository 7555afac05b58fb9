package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The medians of all rounds, for people. */
final class Summary {
  private Summary() {}

  static void print(PrintWriter out, List<Throughput> throughputs, List<Freshness> freshnesses) {
    out.printf("%nMedian (min to max) of all rounds%n");
    grouped(throughputs, run -> "%-8s %,5d B".formatted(run.source().label(), run.recordBytes()))
        .forEach(
            (name, runs) ->
                out.printf(
                    "  %s        %s records/s, %s us CPU a record, first commit after %s s%n",
                    name,
                    spread(runs, Throughput::recordsASecond, "%,.0f"),
                    spread(runs, Throughput::cpuMicrosARecord, "%.1f"),
                    spread(runs, Throughput::startToFirstCommit, "%.1f")));
    grouped(
            freshnesses,
            run -> "%-8s interval %4.1f s".formatted(run.source().label(), run.interval()))
        .forEach(
            (name, runs) ->
                out.printf(
                    "  %s  p50 %s s, p99 %s s%n",
                    name,
                    spread(runs, Freshness::p50, "%.2f"),
                    spread(runs, Freshness::p99, "%.2f")));
    out.flush();
  }

  private static <T> Map<String, List<T>> grouped(List<T> runs, Function<T, String> name) {
    return runs.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
  }

  private static <T> String spread(List<T> runs, ToDoubleFunction<T> value, String format) {
    Spread spread = Spread.of(runs.stream().map(run -> value.applyAsDouble(run)).toList());
    return (format + " (" + format + " to " + format + ")")
        .formatted(spread.median(), spread.min(), spread.max());
  }
}
