package io.sluice.acceptance.pipeline;

import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The earthquakes' pipeline: stream, bucket, queue with its dead-letter queue, table, and the
 * writer and the loader as processes, each with its log in one folder. Closing it ends whatever it
 * started.
 */
public final class Pipeline implements AutoCloseable {
  private static final Duration STREAM_IS_MADE_WITHIN = Duration.ofSeconds(30);
  private static final Duration ONE_OFF = Duration.ofMinutes(1);

  private final Build build;
  private final Path logs;
  private final StackProcess stack;
  private final Resources resources;
  private final Map<String, String> environment = new HashMap<>();
  private Path loaderSettings;
  private int commands;
  private ChildProcess writer;
  private ChildProcess loader;

  private Pipeline(Build build, Path logs, StackProcess stack, int shards) throws SQLException {
    this.build = build;
    this.logs = logs;
    this.stack = stack;
    this.loaderSettings = build.earthquakes("loader.conf");
    this.resources = Resources.make(stack.endpoints(), build.earthquakes("table.sql"), shards);
    stack
        .process()
        .await("the stream was active", STREAM_IS_MADE_WITHIN, resources.streamIsActive());
  }

  /**
   * Starts the stand-ins and makes what the pipeline needs in them.
   *
   * @param logs the folder for all logs
   * @param stackArguments options of the stack
   */
  public static Pipeline start(Build build, Path logs, int shards, List<String> stackArguments) {
    StackProcess stack =
        StackProcess.start(build.stackJar(), logs, List.of("-Xmx1g"), stackArguments);
    try {
      return new Pipeline(build, logs, stack, shards);
    } catch (SQLException | RuntimeException e) {
      stack.close();
      throw new IllegalStateException("cannot set the pipeline up: " + e.getMessage(), e);
    }
  }

  /** What the pipeline uses in the stand-ins. */
  public Resources resources() {
    return resources;
  }

  /** Clients of the stand-ins. */
  public Clients clients() {
    return resources.clients();
  }

  /** The stand-ins' process. */
  public StackProcess stack() {
    return stack;
  }

  /**
   * Has loaders and commands that start from now on use other settings.
   *
   * @param more what these settings need in the environment
   */
  public void useLoaderSettings(Path file, Map<String, String> more) {
    loaderSettings = file;
    environment.putAll(more);
  }

  /** Starts the writer by spark-submit, in the place of one that has ended. */
  public ChildProcess startWriter() {
    writer =
        start(
            "writer",
            List.of(
                build.sparkSubmit().toString(),
                "--master",
                "local[2,4]",
                "--driver-memory",
                "1g",
                "--class",
                "io.sluice.writer.WriterApp",
                build.writerJar().toString(),
                "--config",
                build.earthquakes("writer.conf").toString()));
    return writer;
  }

  /** Makes the loader's ledger and lock tables. */
  public void initLoader() {
    command("init").orFail();
  }

  /** Starts the loader, in the place of one that has ended. */
  public ChildProcess startLoader() {
    loader = start("loader", loaderCommand("run"));
    return loader;
  }

  /**
   * Runs the loader's own proof, which says {@code exact}.
   *
   * @return its words
   * @throws IllegalStateException when it finds a difference, with its words
   */
  public String reconcile() {
    return command("reconcile").orFail();
  }

  /**
   * How a command of the loader ended.
   *
   * @param words what it wrote, to stdout and stderr
   */
  public record Ended(String command, int exitCode, String words) {
    /** Its words, if it has ended with 0. */
    public String orFail() {
      if (exitCode != 0) {
        throw new IllegalStateException(
            "sluice-loader %s ended with exit code %d:%n%s".formatted(command, exitCode, words));
      }
      return words;
    }
  }

  /** Runs a command of the loader with its settings. */
  public Ended command(String... arguments) {
    String name = "command-%d-%s".formatted(++commands, arguments[0]);
    try (ChildProcess process = start(name, loaderCommand(arguments))) {
      int exitCode = process.awaitExit(ONE_OFF);
      String words = Files.readString(process.log());
      return new Ended(String.join(" ", arguments), exitCode, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file that gives a shell what the loader's commands need in their environment.
   *
   * @return the line that runs {@code sluice-loader status} in a shell that has read it, below the
   *     line that reads it
   */
  public List<String> forShells() throws IOException {
    Path file = logs.resolve("environment.sh");
    Files.write(
        file,
        new TreeMap<>(environment())
            .entrySet().stream()
                .map(one -> "export %s='%s'".formatted(one.getKey(), one.getValue()))
                .toList());
    return List.of(
        "source " + file, "%s status --config %s".formatted(build.loader(), loaderSettings));
  }

  /** The writer's process, null before its start. */
  public ChildProcess writer() {
    return writer;
  }

  /** The loader's process, null before its start. */
  public ChildProcess loader() {
    return loader;
  }

  @Override
  public void close() {
    // In the order of the data, so that nobody misses a neighbour while it stops.
    for (ChildProcess process : new ChildProcess[] {writer, loader}) {
      if (process != null) {
        process.close();
      }
    }
    resources.close();
    stack.close();
  }

  private List<String> loaderCommand(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(build.loader().toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", loaderSettings.toString()));
    return command;
  }

  private ChildProcess start(String name, List<String> command) {
    return ChildProcess.start(
        new ChildProcess.Spec(name, command, environment(), logs.resolve(name + ".log")));
  }

  private Map<String, String> environment() {
    var endpoints = stack.endpoints();
    var warehouse = endpoints.redshift().orElseThrow();
    Map<String, String> all = new HashMap<>();
    all.put("AWS_REGION", endpoints.region());
    all.put("AWS_ACCESS_KEY_ID", endpoints.accessKey());
    all.put("AWS_SECRET_ACCESS_KEY", endpoints.secretKey());
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("SPARK_LOCAL_IP", "127.0.0.1");
    all.put("SPARK_LOCAL_HOSTNAME", "localhost");
    all.put("SLUICE_LOADER_OPTS", "-Xmx512m");
    all.put("SLUICE_S3_ENDPOINT", endpoints.s3().toString());
    all.put("SLUICE_SQS_ENDPOINT", endpoints.sqs().toString());
    all.put("SLUICE_KINESIS_ENDPOINT", endpoints.kinesis().toString());
    all.put("SLUICE_STREAM", Resources.STREAM);
    all.put("SLUICE_BATCH_FOLDER", resources.batchFolder().toString());
    all.put("SLUICE_QUEUE_URL", resources.queueUrl());
    all.put("SLUICE_DEAD_LETTER_URL", resources.deadLetterUrl());
    all.put("SLUICE_WAREHOUSE_URL", warehouse.url());
    all.put("SLUICE_WAREHOUSE_USER", warehouse.user());
    all.put("SLUICE_WAREHOUSE_PASSWORD", warehouse.password());
    all.putAll(environment);
    return all;
  }
}
