package io.sluice.acceptance.benchmark.spark;

import io.sluice.acceptance.benchmark.Goal;
import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.spark.Scenario.Rounds;
import io.sluice.acceptance.benchmark.spark.Variant.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;

/** The comparisons behind the goals: which variants run together, and what is divided by what. */
final class Comparisons {
  private static final Duration FAR = Duration.ofMillis(20);
  private static final int GROWTH = 10;
  private static final int FEW_RECORDS = 1000;
  private static final int REPEAT_NEAR = 10;
  private static final int REPEAT_FAR = 2;

  private final Lab lab;
  private final Size size;
  private final Set<String> goals;
  private final Consumer<String> progress;
  private final Meter meter = new Meter();
  private final List<Rounds> measured = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();

  private final Variant usual = Peers.usualWay();
  private final Variant lines = OurWriter.linesZstd();
  private final Variant gzip = OurWriter.linesGzip();
  private final Variant csv = OurWriter.csvZstd();
  private final Variant inLittleMemory = OurWriter.csvZstdInLittleMemory();
  private final Variant codec = new BareCodec();
  private final Variant empty = Peers.emptyJob();
  private final Variant dataFrameCsv;
  private final Variant dataFrameParquet;

  /**
   * How much is done.
   *
   * @param records of a bulk landing
   * @param smallRecords of a small batch
   * @param memoryRecords of the partition that grows
   */
  record Size(long records, long smallRecords, long memoryRecords, int partitions, int rounds) {}

  /** Comparisons for the goals of these numbers. */
  Comparisons(Lab lab, Size size, Set<String> goals, Consumer<String> progress) {
    this.lab = lab;
    this.size = size;
    this.goals = Set.copyOf(goals);
    this.progress = progress;
    this.dataFrameCsv = Peers.dataFrameCsv(lab.spark());
    this.dataFrameParquet = Peers.dataFrameParquet(lab.spark());
  }

  /** Everything that was measured, scenario by scenario. */
  List<Rounds> measured() {
    return List.copyOf(measured);
  }

  /** Runs what the goals need and judges them. */
  List<Judgement> run() throws IOException {
    Storage near = lab.storage("near", Duration.ZERO);
    if (wants("W11")) {
      memory(near);
    }
    if (wants("W7", "W8", "W9")) {
      small(near);
    }
    if (wants("W7")) {
      smallAndFar(lab.storage("far", FAR));
    }
    if (wants("W1", "W2", "W3", "W4", "W5", "W10")) {
      bulk(near);
    }
    return List.copyOf(judgements);
  }

  private void bulk(Storage storage) throws IOException {
    Set<Variant> variants = new LinkedHashSet<>();
    addIf(variants, wants("W1", "W2", "W5"), usual);
    addIf(variants, wants("W1", "W2", "W10"), lines);
    addIf(variants, wants("W5"), gzip);
    addIf(variants, wants("W3"), dataFrameCsv);
    addIf(variants, wants("W4"), dataFrameParquet);
    addIf(variants, wants("W3", "W4"), csv);
    addIf(variants, wants("W10"), codec);
    Rounds rounds = run("bulk", persisted(size.records()), storage, List.copyOf(variants), 1);
    judge(Goal.W1, rounds, usual, lines, Measure::wallSeconds);
    judge(Goal.W2_CPU, rounds, usual, lines, Measure::clientCpuSeconds);
    judge(Goal.W2_BYTES, rounds, lines, usual, Measure::bytes);
    judge(Goal.W3_WALL, rounds, dataFrameCsv, csv, Measure::wallSeconds);
    judge(Goal.W3_CPU, rounds, dataFrameCsv, csv, Measure::clientCpuSeconds);
    judge(Goal.W4, rounds, dataFrameParquet, csv, Measure::clientCpuSeconds);
    judge(Goal.W5, rounds, usual, gzip, Measure::wallSeconds);
    judge(Goal.W10, rounds, lines, codec, Measure::clientCpuSeconds);
  }

  private void small(Storage storage) throws IOException {
    Rounds rounds =
        run(
            "small",
            persisted(size.smallRecords()),
            storage,
            List.of(usual, lines, empty),
            REPEAT_NEAR);
    judge(Goal.W7_NEAR, rounds, usual, lines, Measure::wallSeconds);
    judge(Goal.W8, rounds, usual, lines, Measure::requestCount);
    judge(Goal.W9, rounds, lines, empty, Measure::wallSeconds);
  }

  private void smallAndFar(Storage storage) throws IOException {
    Rounds rounds =
        run(
            "small, far",
            persisted(size.smallRecords()),
            storage,
            List.of(usual, lines),
            REPEAT_FAR);
    judge(Goal.W7_FAR, rounds, usual, lines, Measure::wallSeconds);
  }

  /**
   * One partition, made while it is landed, so that nothing is live but what the writer holds on
   * top of what it has after a few records. Its pools keep blocks from landing to landing: those
   * count. How much waits to be sent at a moment is chance, so the highest peaks of all rounds are
   * compared.
   */
  private void memory(Storage storage) throws IOException {
    peak(lab.generated(FEW_RECORDS, 1), storage, "memory/few");
    long before = Peak.live();
    JavaRDD<byte[]> once = lab.generated(size.memoryRecords(), 1);
    JavaRDD<byte[]> tenfold = lab.generated(size.memoryRecords() * GROWTH, 1);
    long peakOfOnce = 0;
    long peakOfTenfold = 0;
    for (int round = 0; round <= size.rounds(); round++) {
      long small = peak(once, storage, "memory/" + round + "/once") - before;
      long large = peak(tenfold, storage, "memory/" + round + "/tenfold") - before;
      progress.accept(
          "%-12s %-8s peak %,d KiB, with a partition ten times as large %,d KiB"
              .formatted(
                  "memory", round == 0 ? "warm-up" : "round " + round, small >> 10, large >> 10));
      if (round > 0) {
        peakOfOnce = Math.max(peakOfOnce, small);
        peakOfTenfold = Math.max(peakOfTenfold, large);
      }
    }
    judgements.add(Goal.W11.judge(List.of((double) peakOfTenfold / peakOfOnce)));
  }

  private long peak(JavaRDD<byte[]> records, Storage storage, String prefix) throws IOException {
    AtomicReference<String> landed = new AtomicReference<>();
    long bytes =
        Peak.of(
            () -> {
              landed.set(inLittleMemory.land(records, new Target(storage, prefix)));
              return null;
            });
    storage.delete(landed.get());
    return bytes;
  }

  private Rounds run(
      String name, JavaRDD<byte[]> records, Storage storage, List<Variant> variants, int repeat)
      throws IOException {
    Rounds rounds =
        new Scenario(name, records, storage, variants, repeat).run(size.rounds(), meter, progress);
    records.unpersist();
    measured.add(rounds);
    return rounds;
  }

  private void judge(
      Goal goal,
      Rounds rounds,
      Variant numerator,
      Variant denominator,
      ToDoubleFunction<Measure> quantity) {
    if (wants(goal.id())) {
      judgements.add(goal.judge(rounds.ratios(numerator, denominator, quantity)));
    }
  }

  private JavaRDD<byte[]> persisted(long records) {
    return lab.persisted(records, size.partitions());
  }

  private boolean wants(String... ids) {
    for (String id : ids) {
      if (goals.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private static void addIf(Set<Variant> variants, boolean wanted, Variant variant) {
    if (wanted) {
      variants.add(variant);
    }
  }
}
