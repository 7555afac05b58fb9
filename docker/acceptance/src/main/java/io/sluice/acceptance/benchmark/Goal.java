package io.sluice.acceptance.benchmark;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What writer and loader are to reach: ratios within one interleaved run, and one time. */
public enum Goal {
  W1("W1", "bulk, wall: usual way / lines zstd", Sense.AT_LEAST, 5, 6.3),
  W2_CPU("W2", "bulk, client CPU: usual way / lines zstd", Sense.AT_LEAST, 5.5, 6.5),
  W2_BYTES("W2", "bulk, bytes: lines zstd / usual way", Sense.AT_MOST, 0.92, 0.92),
  W3_WALL("W3", "JSON to CSV, wall: DataFrame csv gzip / CSV zstd", Sense.AT_LEAST, 6, 8),
  W3_CPU("W3", "JSON to CSV, client CPU: DataFrame csv gzip / CSV zstd", Sense.AT_LEAST, 6, 8),
  W4("W4", "client CPU: DataFrame parquet zstd / CSV zstd", Sense.AT_LEAST, 2.5, 3.2),
  W5("W5", "bulk, wall: usual way / lines gzip 1", Sense.AT_LEAST, 2.2, 2.5),
  W7_NEAR("W7", "small batch, wall: usual way / lines zstd", Sense.AT_LEAST, 12, 18),
  W7_FAR("W7", "small batch, wall, 20 ms a request: the same", Sense.AT_LEAST, 30, 45),
  W8("W8", "small batch, S3 requests: usual way / lines zstd", Sense.AT_LEAST, 35, 40),
  W9("W9", "small batch, wall: lines zstd / empty Spark job", Sense.AT_MOST, 3, 2),
  W10("W10", "client CPU: lines zstd / bare codec", Sense.AT_MOST, 1.7, 1.4),
  W11("W11", "peak live buffers: partition ten times as large / once", Sense.AT_MOST, 1.1, 1.0),
  L1("L1", "40 batches, wall: loader / one raw COPY of all", Sense.AT_MOST, 1.06, 1.03),
  L2("L2", "40 batches, wall: a COPY a batch / loader", Sense.AT_LEAST, 1.25, 1.3),
  L4("L4", "message to row less the raw COPY, p50 in ms", Sense.AT_MOST, 25, 10),
  L5("L5", "peak live heap: reconcile 1,000,000 batches / 100,000", Sense.AT_MOST, 1.1, 1.0),
  HEAP("HEAP", "peak live heap: 1,000,000 batches wait / 100,000", Sense.AT_MOST, 1.1, 1.0),
  BACKFILL("BACKFILL", "a day, wall: backfill / a raw COPY a table", Sense.AT_MOST, 1.06, 1.03);

  /** Which way is better. */
  public enum Sense {
    AT_LEAST,
    AT_MOST
  }

  /** What a run says of a goal. */
  public enum Verdict {
    STRETCH,
    GATE,
    MISSED
  }

  private final String id;
  private final String what;
  private final Sense sense;
  private final double gate;
  private final double stretch;

  Goal(String id, String what, Sense sense, double gate, double stretch) {
    this.id = id;
    this.what = what;
    this.sense = sense;
    this.gate = gate;
    this.stretch = stretch;
  }

  /** The number by which it is asked for; several goals may share it. */
  public String id() {
    return id;
  }

  /** The numbers of the writer's goals. */
  public static Set<String> ofTheWriter() {
    return Arrays.stream(values())
        .map(Goal::id)
        .filter(id -> id.startsWith("W"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Judges the ratios of all rounds by their median. */
  public Judgement judge(List<Double> ratios) {
    Spread spread = Spread.of(ratios);
    Verdict verdict =
        reaches(spread.median(), stretch)
            ? Verdict.STRETCH
            : reaches(spread.median(), gate) ? Verdict.GATE : Verdict.MISSED;
    return new Judgement(id, what, sense, gate, stretch, spread, List.copyOf(ratios), verdict);
  }

  private boolean reaches(double ratio, double bound) {
    return switch (sense) {
      case AT_LEAST -> ratio >= bound;
      case AT_MOST -> ratio <= bound;
    };
  }

  /**
   * A goal and what the rounds say of it.
   *
   * @param goal its number
   * @param rounds the ratio of each round
   * @param ratio of all of them
   */
  public record Judgement(
      String goal,
      String what,
      Sense sense,
      double gate,
      double stretch,
      Spread ratio,
      List<Double> rounds,
      Verdict verdict) {}
}
