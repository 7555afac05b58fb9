package io.sluice.acceptance.benchmark.loading;

import com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry;
import io.sluice.acceptance.benchmark.S3Requests;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Clients;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stand-ins without their fronts, with a bucket, and the loader as users start it. */
final class Stand implements AutoCloseable {
  private static final String BUCKET = "benchmark";
  private static final int MOST_A_REQUEST = 10;
  private static final Duration ONE_OFF = Duration.ofMinutes(1);

  private final Build build;
  private final Path logs;
  private final StackProcess stack;
  private final Clients clients;
  private int processes;

  /**
   * Starts the stand-ins.
   *
   * @param logs the folder for settings and logs
   * @param heap of the stand-ins' JVM, such as {@code 2g}
   * @param arguments further options of the stack
   */
  Stand(Build build, Path logs, String heap, List<String> arguments) {
    this.build = build;
    this.logs = logs;
    this.stack =
        StackProcess.start(
            build.stackJar(),
            logs,
            List.of("-XX:+UseParallelGC", "-Xmx" + heap),
            Stream.concat(Stream.of("--no-faults"), arguments.stream()).toList());
    this.clients = new Clients(stack.endpoints());
    clients.s3().createBucket(BUCKET);
  }

  StackEndpoints endpoints() {
    return stack.endpoints();
  }

  Clients clients() {
    return clients;
  }

  ObjectStore store() {
    return new S3ObjectStore(clients.s3(), BUCKET);
  }

  BatchFolder folder(String name) {
    return new BatchFolder(BUCKET, name);
  }

  S3Requests s3Requests() {
    return new S3Requests(stack.endpoints());
  }

  /** Makes a queue; returns its address. */
  String queue(String name) {
    return clients.sqs().createQueue(name).getQueueUrl();
  }

  /** Announces batches, by tens as the queue allows. */
  void send(String queue, List<ManifestMessage> messages) {
    for (int from = 0; from < messages.size(); from += MOST_A_REQUEST) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      for (int i = from; i < Math.min(messages.size(), from + MOST_A_REQUEST); i++) {
        entries.add(
            new SendMessageBatchRequestEntry(
                Integer.toString(i), ContractJson.write(messages.get(i))));
      }
      if (!clients.sqs().sendMessageBatch(queue, entries).getFailed().isEmpty()) {
        throw new IllegalStateException("the queue takes no messages: " + queue);
      }
    }
  }

  /** Executes statements, each committed by itself. */
  void execute(String... statements) {
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the warehouse refuses " + String.join("; ", statements), e);
    }
  }

  /** Makes the loader's tables and starts it; ready when this returns. */
  ChildProcess startLoader(LoaderSettings settings, String jvmOptions, Duration readyWithin) {
    command(settings, "init");
    ChildProcess loader = start(settings, jvmOptions, "run");
    LogFile log = new LogFile(loader.log());
    loader.await("it was ready", readyWithin, () -> log.has("metrics and health at"));
    return loader;
  }

  /** Runs one of the loader's commands to its end. */
  void command(LoaderSettings settings, String command, String... options) {
    try (ChildProcess process = start(settings, "-Xmx256m", command, options)) {
      if (process.awaitExit(ONE_OFF) != 0) {
        throw new IllegalStateException(
            "sluice-loader " + command + " failed:\n" + process.logTail());
      }
    }
  }

  @Override
  public void close() {
    clients.close();
    stack.close();
  }

  /** Starts one of the loader's commands and does not wait. */
  ChildProcess start(
      LoaderSettings settings, String jvmOptions, String command, String... options) {
    String name = "loader-%d-%s".formatted(++processes, command);
    Path config = logs.resolve(name + ".conf");
    try {
      Files.writeString(config, settings.text(stack.endpoints()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> line =
        new ArrayList<>(List.of(build.loader().toString(), command, "--config", config.toString()));
    line.addAll(List.of(options));
    return ChildProcess.start(
        new ChildProcess.Spec(name, line, environment(jvmOptions), logs.resolve(name + ".log")));
  }

  private Map<String, String> environment(String jvmOptions) {
    return Map.of(
        "AWS_REGION", stack.endpoints().region(),
        "AWS_ACCESS_KEY_ID", stack.endpoints().accessKey(),
        "AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey(),
        "JAVA_HOME", System.getProperty("java.home"),
        "SLUICE_LOADER_OPTS", jvmOptions);
  }
}
