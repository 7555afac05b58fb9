package io.sluice.acceptance.quickstart;

import io.sluice.acceptance.badweek.BadWeek;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Pipeline;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the whole pipeline on stand-ins, and ends with 0 only if every record arrived exactly once.
 */
@Command(
    name = "docker/quickstart",
    mixinStandardHelpOptions = true,
    subcommands = BadWeek.class,
    description = {
      "Runs the whole pipeline on this machine: stand-ins for Kinesis, S3, SQS and Redshift, the writer by"
          + " spark-submit, the loader as a daemon, and a week of real earthquakes to travel through them.",
      "Ends with 0 only if every record arrived exactly once."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every record arrived exactly once",
      "1:not so, or a process failed",
      "2:usage"
    })
public final class QuickStart implements Callable<Integer> {
  private static final int SHARDS = 2;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final boolean terminal = Boolean.getBoolean("sluice.terminal");

  @Option(
      names = "--keep",
      description = "Leave everything running until Ctrl-C, and say how to look around.")
  private boolean keep;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "0",
      description = "Go on with N generated earthquakes after the real ones.")
  private long records;

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Where the logs go; a new folder below docker/acceptance/target unless given.")
  private Path logs;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of S3; a free one unless given.")
  private int s3Port;

  @Option(
      names = "--sqs-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of SQS; a free one unless given.")
  private int sqsPort;

  @Option(
      names = "--kinesis-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of Kinesis; a free one unless given.")
  private int kinesisPort;

  @Option(
      names = "--redshift-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of Redshift; a free one unless given.")
  private int redshiftPort;

  public static void main(String[] args) {
    System.exit(new CommandLine(new QuickStart()).execute(args));
  }

  @Override
  public Integer call() {
    if (records < 0) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--records is not negative: " + records);
    }
    try {
      return run(Build.current());
    } catch (IllegalStateException | SQLException | IOException e) {
      out.println();
      System.err.println("quickstart: " + e.getMessage());
      return 1;
    }
  }

  private int run(Build build) throws SQLException, IOException {
    build.all();
    List<String> real = Earthquakes.real(build.earthquakes("earthquakes.jsonl.gz"));
    long expected = real.size() + records;
    Path folder = logFolder(build);
    out.printf(
        Locale.ROOT,
        "%,d real earthquakes%s: Kinesis -> writer -> S3 + SQS -> loader -> warehouse%n",
        real.size(),
        records == 0 ? "" : String.format(Locale.ROOT, " and %,d generated ones", records));
    out.println("logs: " + folder);
    out.println();
    out.println("  starting the stand-ins ...");
    try (Pipeline pipeline = Pipeline.start(build, folder, SHARDS, stackArguments())) {
      out.println("  stack    pid " + pipeline.stack().process().pid());
      ChildProcess writer = pipeline.startWriter();
      out.println("  writer   pid " + writer.pid());
      pipeline.initLoader();
      ChildProcess loader = pipeline.startLoader();
      out.println("  loader   pid " + loader.pid());
      try (Feeding feeding = new Feeding(pipeline.resources(), real, records)) {
        Watch watch =
            new Watch(
                new Progress(out, terminal, expected), expected, () -> awaitNextLook(pipeline));
        Stages stages = watch.until(feeding, pipeline.resources());
        return report(pipeline, feeding.put(), stages, expected);
      }
    }
  }

  /** Waits a moment, and no longer than the processes live. */
  private static void awaitNextLook(Pipeline pipeline) {
    CompletableFuture<?> firstEnd =
        CompletableFuture.anyOf(
            processes(pipeline).map(ChildProcess::onExit).toArray(CompletableFuture<?>[]::new));
    try {
      firstEnd.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    ChildProcess ended =
        processes(pipeline).filter(process -> !process.isAlive()).findFirst().orElseThrow();
    throw new IllegalStateException(
        "the %s ended with exit code %d; its log %s ends:%n%s"
            .formatted(ended.name(), ended.exitCode().orElse(-1), ended.log(), ended.logTail(20)));
  }

  private static Stream<ChildProcess> processes(Pipeline pipeline) {
    return Stream.of(pipeline.stack().process(), pipeline.writer(), pipeline.loader());
  }

  private int report(Pipeline pipeline, long put, Stages stages, long expected)
      throws SQLException, IOException {
    Report report = new Report(out, pipeline.resources());
    int verdict = report.verdict(put, stages, expected);
    out.println();
    out.println("sluice-loader reconcile:");
    pipeline.reconcile().lines().forEach(line -> out.println("  " + line));
    if (keep) {
      report.lookAround(pipeline.stack().endpoints(), pipeline.forShells());
      stayUntilInterrupted(pipeline);
    }
    return verdict;
  }

  private static void stayUntilInterrupted(Pipeline pipeline) {
    for (ChildProcess process :
        List.of(pipeline.stack().process(), pipeline.writer(), pipeline.loader())) {
      process.awaitExit(Duration.ofDays(365));
    }
  }

  private Path logFolder(Build build) throws IOException {
    Path folder =
        logs != null
            ? logs.toAbsolutePath()
            : build
                .root()
                .resolve("docker/acceptance/target/quickstart")
                .resolve(FOLDER.format(LocalDateTime.now(ZoneOffset.UTC)));
    return Files.createDirectories(folder);
  }

  private List<String> stackArguments() {
    return List.of(
        "--s3-port=" + s3Port,
        "--sqs-port=" + sqsPort,
        "--kinesis-port=" + kinesisPort,
        "--redshift-port=" + redshiftPort);
  }
}
