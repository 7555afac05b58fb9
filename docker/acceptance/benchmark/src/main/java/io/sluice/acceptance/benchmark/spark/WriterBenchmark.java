package io.sluice.acceptance.benchmark.spark;

import io.sluice.acceptance.benchmark.Goal;
import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.GoalTable;
import io.sluice.acceptance.benchmark.Host;
import io.sluice.acceptance.benchmark.ResultFile;
import io.sluice.acceptance.benchmark.spark.Comparisons.Size;
import io.sluice.acceptance.pipeline.Build;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
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

/** Compares the writer with the usual ways, inside one Spark job. */
@Command(
    name = "docker/benchmark writer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lands the same events by the writer and by its peers, round by round in turn, and judges the ratios by the"
          + " goals W1 to W11. docker/acceptance/BENCHMARKS.md says what each of them means."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every gate was reached", "1:failed", "2:usage", "3:a gate was missed"})
public final class WriterBenchmark implements Callable<Integer> {
  private static final int MISSED = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--goals",
      split = ",",
      paramLabel = "W1,W2",
      description = "Only these goals. Default: all.")
  private Set<String> goals = Goal.ofTheWriter();

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Events of a bulk landing. Default: ${DEFAULT-VALUE}.")
  private long records = 2_000_000;

  @Option(
      names = "--small-records",
      paramLabel = "N",
      description = "Events of a small batch. Default: ${DEFAULT-VALUE}.")
  private long smallRecords = 10_000;

  @Option(
      names = "--memory-records",
      paramLabel = "N",
      description =
          "Events of the partition whose memory is compared with that of one ten times as large."
              + " Default: ${DEFAULT-VALUE}.")
  private long memoryRecords = 400_000;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of both. Default: ${DEFAULT-VALUE}.")
  private int partitions = 8;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Tasks at the same time. Default: ${DEFAULT-VALUE}.")
  private int cores = 2;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds that count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write machine, versions, every measure and every ratio there.")
  private Path json;

  @Option(
      names = "--jfr",
      description =
          "Instead of comparing, record the writer's side of the one goal that is given, and print"
              + " what it was busy with.")
  private boolean jfr;

  private WriterBenchmark() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new WriterBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    Host host = Host.here();
    out.println(host);
    versions().forEach((name, version) -> out.printf("  %-16s %s%n", name, version));
    out.flush();
    Size size = new Size(records, smallRecords, memoryRecords, partitions, rounds);
    Path logs = logs();
    try (Lab lab = new Lab(Build.current().stackJar(), logs, cores)) {
      if (jfr) {
        new OurProfile(lab, size, logs, out).of(goals.iterator().next());
        return 0;
      }
      Comparisons comparisons =
          new Comparisons(lab, size, goals, line -> tell(spec.commandLine().getErr(), line));
      List<Judgement> judgements = comparisons.run();
      GoalTable.print(out, judgements);
      write(host, size, comparisons, judgements);
      return GoalTable.hasMissed(judgements) ? MISSED : 0;
    }
  }

  private void check() {
    Set<String> unknown = new TreeSet<>(goals);
    unknown.removeAll(Goal.ofTheWriter());
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--goals: no such goals: %s; there are %s".formatted(unknown, Goal.ofTheWriter()));
    }
    if (rounds < 1 || partitions < 1 || cores < 1 || records < 1 || smallRecords < 1) {
      throw new ParameterException(spec.commandLine(), "counts begin with 1");
    }
    if (jfr && goals.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--jfr wants one goal, such as --goals=W1");
    }
  }

  private void write(Host host, Size size, Comparisons comparisons, List<Judgement> judgements)
      throws IOException {
    if (json == null) {
      return;
    }
    new ResultFile("writer", Instant.now(), host)
        .with("versions", versions())
        .with("size", size)
        .with("cores", cores)
        .with("goals", judgements)
        .with("measures", comparisons.measured())
        .write(json);
    tell(spec.commandLine().getErr(), "written: " + json.toAbsolutePath());
  }

  private static void tell(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  private static Path logs() throws IOException {
    Path target = Build.current().root().resolve("docker/acceptance/benchmark/target/runs");
    Files.createDirectories(target);
    return Files.createTempDirectory(target, "run-");
  }

  /** What a class really came from: two releases of the SDK are in this JVM. */
  private static String jarOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .getFileName()
        .toString();
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("sluice", Build.current().version());
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("hadoop", org.apache.hadoop.util.VersionInfo.getVersion());
    versions.put("peers' AWS SDK", jarOf(com.amazonaws.services.s3.AmazonS3.class));
    versions.put("peers' S3A", jarOf(org.apache.hadoop.fs.s3a.S3AFileSystem.class));
    versions.put("zstd", com.github.luben.zstd.util.ZstdVersion.VERSION);
    return versions;
  }
}
