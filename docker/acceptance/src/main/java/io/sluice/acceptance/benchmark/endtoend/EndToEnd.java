package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.Host;
import io.sluice.acceptance.benchmark.ResultFile;
import io.sluice.acceptance.benchmark.Turns;
import io.sluice.acceptance.pipeline.Build;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the built writer on streams of events: records a second, and freshness. */
@Command(
    name = "docker/benchmark end-to-end",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts the built writer by spark-submit on a stream that is full, and measures records a second from Kinesis"
          + " to the commit; then on a stream with a constant rate, and measures how old records are when they are"
          + " committed. Sources take turns, round by round."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:failed", "2:usage"})
public final class EndToEnd implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--sources",
      split = ",",
      paramLabel = "SOURCE",
      description = "direct, receiver or both, compared in turn. Default: direct.")
  private List<SourceKind> sources = List.of(SourceKind.DIRECT);

  @Option(
      names = "--record-bytes",
      split = ",",
      paramLabel = "N",
      description = "Sizes of records to be read at full speed. Default: 1024,500.")
  private List<Integer> recordBytes = List.of(1024, 500);

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records of each such stream. Default: ${DEFAULT-VALUE}.")
  private long records = 1_000_000;

  @Option(
      names = "--max-records",
      paramLabel = "N",
      description =
          "The most that an interval takes of a shard then: enough to be busy all the time, little"
              + " enough for many commits. Default: ${DEFAULT-VALUE}.")
  private int maxRecords = 25_000;

  @Option(
      names = "--intervals",
      split = ",",
      paramLabel = "SECONDS",
      description = "Batch intervals to measure freshness at. Default: 1,10.")
  private List<Integer> intervals = List.of(1, 10);

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records a second of the steady stream. Default: ${DEFAULT-VALUE}.")
  private int rate = 1_000;

  @Option(
      names = "--steady",
      paramLabel = "SECONDS",
      description =
          "How long it flows; the first quarter warms the writer up and does not count. Default:"
              + " ${DEFAULT-VALUE}.")
  private int steadySeconds = 80;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Shards of each stream. Default: ${DEFAULT-VALUE}.")
  private int shards = 4;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of Spark; the receiver source gets one more a receiver. Default:"
              + " ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(
      names = "--receivers",
      paramLabel = "N",
      description =
          "Receivers that the receiver source starts by itself. Default: ${DEFAULT-VALUE}.")
  private int receivers = 1;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often all of it is done. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write machine and every result there.")
  private Path json;

  private EndToEnd() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new EndToEnd())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("benchmark: " + e.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || shards < 1 || threads < 1 || rate < 1 || steadySeconds < 4) {
      throw new ParameterException(
          spec.commandLine(), "counts begin with 1, and --steady with 4 seconds");
    }
    PrintWriter out = spec.commandLine().getOut();
    Host host = Host.here();
    out.println(host);
    out.flush();
    List<Throughput> throughputs = new ArrayList<>();
    List<Freshness> freshnesses = new ArrayList<>();
    Path logs = logs();
    try (Stand stand = new Stand(Build.current(), logs)) {
      Runs runs = new Runs(stand, shards, Clock.systemUTC());
      for (int round = 1; round <= rounds; round++) {
        for (int bytes : recordBytes) {
          runs.fill(bytes, records);
          for (SourceKind source : Turns.inRound(round - 1, sources)) {
            throughputs.add(runs.throughput(source, threads(source), bytes, records, maxRecords));
            print(out, round, throughputs.get(throughputs.size() - 1));
          }
          runs.empty(bytes);
        }
        for (int interval : intervals) {
          for (SourceKind source : Turns.inRound(round - 1, sources)) {
            freshnesses.add(
                runs.freshness(
                    source,
                    threads(source),
                    Duration.ofSeconds(interval),
                    rate,
                    Duration.ofSeconds(steadySeconds)));
            print(out, round, freshnesses.get(freshnesses.size() - 1));
          }
        }
      }
    }
    Summary.print(out, throughputs, freshnesses);
    write(host, throughputs, freshnesses);
    return 0;
  }

  private int threads(SourceKind source) {
    return switch (source) {
      case DIRECT -> threads;
      case RECEIVER -> threads + receivers;
    };
  }

  private static void print(PrintWriter out, int round, Throughput run) {
    out.printf(
        "round %d  %-8s %,5d B   %,9.0f records/s  %6.1f MB/s  %5.1f us CPU a record  first commit after %4.1f s%n",
        round,
        run.source().label(),
        run.recordBytes(),
        run.recordsASecond(),
        run.megabytesASecond(),
        run.cpuMicrosARecord(),
        run.startToFirstCommit());
    out.flush();
  }

  private static void print(PrintWriter out, int round, Freshness run) {
    out.printf(
        "round %d  %-8s interval %4.1f s   p50 %6.2f s  p99 %6.2f s  max %6.2f s%n",
        round, run.source().label(), run.interval(), run.p50(), run.p99(), run.max());
    out.flush();
  }

  private void write(Host host, List<Throughput> throughputs, List<Freshness> freshnesses)
      throws IOException {
    if (json != null) {
      new ResultFile("end-to-end", Clock.systemUTC().instant(), host)
          .with("version", Build.current().version())
          .with("threads", threads)
          .with("shards", shards)
          .with("throughput", throughputs)
          .with("freshness", freshnesses)
          .write(json);
    }
  }

  private static Path logs() throws IOException {
    Path target = Build.current().root().resolve("docker/acceptance/target/end-to-end");
    Files.createDirectories(target);
    return Files.createTempDirectory(target, "run-");
  }
}
