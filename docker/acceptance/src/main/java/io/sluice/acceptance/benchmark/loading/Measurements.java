package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.Goal;
import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.Spread;
import io.sluice.acceptance.benchmark.loading.LandedEvents.Size;
import io.sluice.acceptance.benchmark.loading.Rounds.Figure;
import io.sluice.acceptance.benchmark.loading.Rounds.Way;
import io.sluice.acceptance.pipeline.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is measured for which goal, what is divided by what, and what the goals say of it. */
final class Measurements {
  private final Path logs;
  private final Scale scale;
  private final Consumer<String> progress;
  private final Clock clock = Clock.systemUTC();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, Object> measured = new LinkedHashMap<>();

  /**
   * How much is done.
   *
   * @param bulk the batches of L1 and L2
   * @param messages that are received and deleted for one measure
   * @param waiting how many batches wait, or are reconciled, from few to many; the last two are
   *     compared
   * @param day the intervals of BACKFILL
   */
  record Scale(Size bulk, int messages, List<Integer> waiting, LandedDay.Size day, int rounds) {
    Scale {
      waiting = List.copyOf(waiting);
    }
  }

  /** Logs and settings go to {@code logs}. */
  Measurements(Path logs, Scale scale, Consumer<String> progress) {
    this.logs = logs;
    this.scale = scale;
    this.progress = progress;
  }

  /** The goals that were judged so far. */
  List<Judgement> judgements() {
    return List.copyOf(judgements);
  }

  /** Numbers beside them that no gate is set for. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** Every measure of every round, by contest. */
  Map<String, Object> measured() {
    return new LinkedHashMap<>(measured);
  }

  /** The loader beside raw COPYs, and loops of one COPY a batch beside the loader. */
  void bulk(boolean besideRaw, boolean besideSerial)
      throws IOException, SQLException, InterruptedException {
    try (Stand stand = warm("bulk", "2g");
        BulkLoads loads = new BulkLoads(stand, scale.bulk())) {
      List<Way> ways = new ArrayList<>(List.of(loads.loader()));
      if (besideRaw) {
        ways.addAll(List.of(loads.rawAtOnce(), loads.rawByTens()));
      }
      if (besideSerial) {
        ways.addAll(List.of(loads.serial(), loads.serialUnchecked()));
      }
      Rounds rounds = Rounds.of("bulk", "s", ways, scale.rounds(), progress);
      measured.put("bulk", rounds);
      ways.forEach(way -> figures.add(rounds.figure(way.name())));
      if (besideRaw) {
        judgements.add(Goal.L1.judge(rounds.ratios(BulkLoads.LOADER, BulkLoads.RAW)));
        figures.add(
            rounds.figure(
                "loader / raw COPYs of ten batches", BulkLoads.LOADER, BulkLoads.RAW_TENS));
      }
      if (besideSerial) {
        judgements.add(Goal.L2.judge(rounds.ratios(BulkLoads.SERIAL, BulkLoads.LOADER)));
        figures.add(
            rounds.figure(
                "a COPY a batch that checks nothing / loader",
                BulkLoads.SERIAL_UNCHECKED,
                BulkLoads.LOADER));
      }
    }
  }

  /** From the message to the row. */
  void latency() throws IOException, SQLException, InterruptedException {
    try (Stand stand = warm("latency", "2g");
        Latency latency = new Latency(stand)) {
      Latency.Found found = latency.run(scale.rounds(), progress);
      measured.put("latency", found);
      judgements.add(Goal.L4.judge(found.medians(found.overhead())));
      figures.add(latencyFigure("message to row", found.medians(found.total())));
      figures.add(latencyFigure("raw COPY", found.medians(found.raw())));
      figures.add(
          latencyFigure(
              "message to row less the raw COPY, p99", found.percentiles(found.overhead(), 0.99)));
    }
  }

  /** Messages a second. */
  void intake() throws IOException, SQLException, InterruptedException {
    try (Stand stand = stand("intake", "2g")) {
      List<Way> ways = new IntakeSpeed(stand, scale.messages(), clock).ways();
      Rounds rounds = Rounds.of("intake", "messages/s", ways, scale.rounds(), progress);
      measured.put("intake", rounds);
      ways.forEach(way -> figures.add(rounds.figure(way.name())));
      figures.add(
          rounds.figure(
              "intake / SDK alone, one thread", IntakeSpeed.INTAKE_ONE, IntakeSpeed.BARE_ONE));
      figures.add(
          rounds.figure(
              "intake / SDK alone, one receives, four delete",
              IntakeSpeed.INTAKE_MORE,
              IntakeSpeed.BARE_MORE));
    }
  }

  /** The loader's memory; one loader for each number of batches, whatever the rounds are. */
  void heap() throws IOException {
    Path data = logs.resolve("data");
    try (Stand stand =
        new Stand(
            Build.current(),
            Files.createDirectories(logs.resolve("heap")),
            "6g",
            List.of("--data-directory=" + data))) {
      LiveHeap heap = new LiveHeap(stand, data.resolve("s3"), progress);
      List<LiveHeap.Found> found = new ArrayList<>();
      for (int batches : scale.waiting()) {
        found.add(heap.with(batches));
        double peak = found.get(found.size() - 1).peakMb();
        figures.add(
            new Figure(
                "live heap: %,d batches wait".formatted(batches), "MB", Spread.of(List.of(peak))));
      }
      measured.put("heap", found);
      double most = found.get(found.size() - 1).peakMb();
      double tenth = found.get(found.size() - 2).peakMb();
      judgements.add(Goal.HEAP.judge(List.of(most / tenth)));
    } finally {
      delete(data);
    }
  }

  /** The memory of a reconcile; one process for each number of batches, whatever the rounds are. */
  void reconcile() throws IOException {
    try (Stand stand = stand("reconcile", "2g")) {
      ReconcileHeap heap = new ReconcileHeap(stand, logs, progress);
      List<ReconcileHeap.Found> found = new ArrayList<>();
      for (int batches : scale.waiting()) {
        ReconcileHeap.Found one = heap.with(batches);
        found.add(one);
        String what = "reconcile of %,d batches: ".formatted(batches);
        figures.add(new Figure(what + "live heap", "MB", Spread.of(List.of(one.peakMb()))));
        figures.add(new Figure(what + "time", "s", Spread.of(List.of(one.seconds()))));
      }
      measured.put("reconcile", found);
      double most = found.get(found.size() - 1).peakMb();
      double tenth = found.get(found.size() - 2).peakMb();
      judgements.add(Goal.L5.judge(List.of(most / tenth)));
    }
  }

  /** A day that nobody has loaded. */
  void backfill() throws IOException, SQLException, InterruptedException {
    try (Stand stand = warm("backfill", "6g")) {
      BackfilledDay day = new BackfilledDay(stand, scale.day(), progress);
      Rounds rounds = Rounds.of("backfill", "s", day.ways(), scale.rounds(), progress);
      day.killTwice();
      measured.put("backfill", rounds);
      day.ways().forEach(way -> figures.add(rounds.figure(way.name())));
      judgements.add(Goal.BACKFILL.judge(rounds.ratios(BackfilledDay.BACKFILL, BackfilledDay.RAW)));
    }
  }

  /** With a folder of its own: who follows a log must not find another loader's in it. */
  private Stand stand(String name, String heap) throws IOException {
    return new Stand(Build.current(), Files.createDirectories(logs.resolve(name)), heap, List.of());
  }

  private Stand warm(String name, String heap) throws IOException, SQLException {
    Stand stand = stand(name, heap);
    try {
      progress.accept("%-8s the stand-ins warm up".formatted(name));
      WarmUp.of(stand);
      return stand;
    } catch (SQLException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private static Figure latencyFigure(String what, List<Double> rounds) {
    return new Figure("latency: " + what, "ms", Spread.of(rounds));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
