package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.GoalTable;
import io.sluice.acceptance.benchmark.Host;
import io.sluice.acceptance.benchmark.ResultFile;
import io.sluice.acceptance.benchmark.loading.LandedEvents.Size;
import io.sluice.acceptance.benchmark.loading.Measurements.Scale;
import io.sluice.acceptance.benchmark.loading.Rounds.Figure;
import io.sluice.acceptance.pipeline.Build;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the loader with what a warehouse and a queue do without it. */
@Command(
    name = "docker/benchmark loader",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads the same batches by the built loader, by raw COPYs and by a loop of one COPY a batch, round by round"
          + " in turn, and judges the ratios by the goals. docker/acceptance/BENCHMARKS.md says what each of them"
          + " means."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every gate was reached", "1:failed", "2:usage", "3:a gate was missed"})
public final class LoaderBenchmark implements Callable<Integer> {
  private static final int MISSED = 3;
  private static final int FILES = 4;
  private static final int TABLES = 8;
  private static final int ROWS_AN_INTERVAL = 2_000;

  private static final Set<String> ALL = ordered("L1", "L2", "L4", "L5", "SQS", "HEAP", "BACKFILL");
  private static final Set<String> USUAL = ordered("L1", "L2", "L4", "SQS");

  @Spec private CommandSpec spec;

  @Option(
      names = "--goals",
      split = ",",
      paramLabel = "L1,L2",
      description =
          "Only these goals: L1, L2, L4, SQS, which has no gate, L5, which takes some five minutes,"
              + " HEAP, which takes some ten and 5 GB of disk, and BACKFILL, some four a round"
              + " and 8 GB of memory."
              + " Default: all but L5, HEAP and BACKFILL.")
  private Set<String> goals = USUAL;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "Batches of L1 and L2. Default: ${DEFAULT-VALUE}.")
  private int batches = 40;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of each, in four files. Default: ${DEFAULT-VALUE}.")
  private int rows = 10_000;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages of one measure of SQS. Default: ${DEFAULT-VALUE}.")
  private int messages = 5_000;

  @Option(
      names = "--waiting",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of batches of L5 and HEAP, growing; the last two are compared. Default:"
              + " 1000,10000,100000,1000000.")
  private List<Integer> waiting = List.of(1_000, 10_000, 100_000, 1_000_000);

  @Option(
      names = "--intervals",
      paramLabel = "N",
      description = "Intervals of BACKFILL, of eight tables. Default: ${DEFAULT-VALUE}, a day.")
  private int intervals = 1_440;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 7;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write machine, versions, every measure and every ratio there.")
  private Path json;

  private LoaderBenchmark() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new LoaderBenchmark())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("benchmark: " + e.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    Host host = Host.here();
    out.println(host);
    out.flush();
    Scale scale =
        new Scale(
            new Size(batches, FILES, rows),
            messages,
            waiting,
            new LandedDay.Size(intervals, TABLES, ROWS_AN_INTERVAL),
            rounds);
    Measurements measurements =
        new Measurements(logs(), scale, line -> tell(spec.commandLine().getErr(), line));
    run(measurements);
    print(out, measurements.figures());
    List<Judgement> judgements = measurements.judgements();
    GoalTable.print(out, judgements);
    write(host, scale, measurements);
    return GoalTable.hasMissed(judgements) ? MISSED : 0;
  }

  private void run(Measurements measurements)
      throws IOException, SQLException, InterruptedException {
    if (goals.contains("L1") || goals.contains("L2")) {
      measurements.bulk(goals.contains("L1"), goals.contains("L2"));
    }
    if (goals.contains("L4")) {
      measurements.latency();
    }
    if (goals.contains("SQS")) {
      measurements.intake();
    }
    if (goals.contains("L5")) {
      measurements.reconcile();
    }
    if (goals.contains("BACKFILL")) {
      measurements.backfill();
    }
    if (goals.contains("HEAP")) {
      measurements.heap();
    }
  }

  private void check() {
    Set<String> unknown = new TreeSet<>(goals);
    unknown.removeAll(ALL);
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--goals: no such goals: %s; there are %s".formatted(unknown, ALL));
    }
    if (rounds < 1 || batches < 1 || messages < 1 || intervals < 1) {
      throw new ParameterException(spec.commandLine(), "counts begin with 1");
    }
    if (waiting.size() < 2 || !waiting.equals(waiting.stream().sorted().distinct().toList())) {
      throw new ParameterException(spec.commandLine(), "--waiting: two numbers or more, growing");
    }
    if (rows < FILES) {
      throw new ParameterException(spec.commandLine(), "--rows: at least one a file, " + FILES);
    }
  }

  private void write(Host host, Scale scale, Measurements measurements) throws IOException {
    if (json == null) {
      return;
    }
    new ResultFile("loader", Clock.systemUTC().instant(), host)
        .with("versions", versions())
        .with("scale", scale)
        .with("goals", measurements.judgements())
        .with("figures", measurements.figures())
        .with("measures", measurements.measured())
        .write(json);
    tell(spec.commandLine().getErr(), "written: " + json.toAbsolutePath());
  }

  private static void print(PrintWriter out, List<Figure> figures) {
    out.printf("%n%-58s %12s %12s %12s%n", "figure", "median", "min", "max");
    for (Figure figure : figures) {
      out.printf(
          "%-58s %,12.3f %,12.3f %,12.3f  %s%n",
          figure.what(),
          figure.spread().median(),
          figure.spread().min(),
          figure.spread().max(),
          figure.unit());
    }
    out.flush();
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  private static Path logs() throws IOException {
    Path target = Build.current().root().resolve("docker/acceptance/target/loader-benchmark");
    Files.createDirectories(target);
    return Files.createTempDirectory(target, "run-");
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("sluice", Build.current().version());
    versions.put("AWS SDK", com.amazonaws.util.VersionInfoUtils.getVersion());
    versions.put("driver", com.amazon.redshift.util.DriverInfo.DRIVER_VERSION);
    versions.put("zstd", com.github.luben.zstd.util.ZstdVersion.VERSION);
    return versions;
  }

  private static Set<String> ordered(String... goals) {
    return new LinkedHashSet<>(List.of(goals));
  }
}
