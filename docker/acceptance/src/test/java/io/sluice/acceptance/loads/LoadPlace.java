package io.sluice.acceptance.loads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Clients;
import io.sluice.common.aws.FaultControl;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A stack of its own with bucket, queues and tables, and how a loader is started beside it. */
final class LoadPlace implements AutoCloseable {
  static final BatchFolder FOLDER = new BatchFolder("landing", "events");

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Build build = Build.current();
  private final Path logs;
  private final StackProcess stack;
  private final Clients clients;
  private final List<TableName> tables;
  private final String queue;
  private final String deadLetters;

  private LoadPlace(Path logs, StackProcess stack, int tables) throws SQLException {
    this.logs = logs;
    this.stack = stack;
    this.clients = new Clients(stack.endpoints());
    this.tables =
        IntStream.range(0, tables).mapToObj(i -> TableName.parse("public.events_" + i)).toList();
    clients.s3().createBucket(FOLDER.bucket());
    this.queue = clients.sqs().createQueue("batches").getQueueUrl();
    this.deadLetters = clients.sqs().createQueue("dead").getQueueUrl();
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement()) {
      for (TableName table : this.tables) {
        statement.execute("create table " + table + " (" + LandedBatches.DDL + ")");
      }
    }
  }

  /** Starts a stack; logs go to a new folder. */
  static LoadPlace start(int tables) {
    try {
      Path target = Build.current().root().resolve("docker/acceptance/target/load-logs");
      Files.createDirectories(target);
      Path logs = Files.createTempDirectory(target, "loads-");
      StackProcess stack =
          StackProcess.start(
              Build.current().stackJar(),
              logs,
              List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
              List.of());
      try {
        return new LoadPlace(logs, stack, tables);
      } catch (SQLException | RuntimeException e) {
        stack.close();
        throw new IllegalStateException("cannot set the place up", e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Clients clients() {
    return clients;
  }

  List<TableName> tables() {
    return tables;
  }

  String queue() {
    return queue;
  }

  Path logs() {
    return logs;
  }

  FaultControl faults() {
    return new FaultControl(stack.endpoints().control());
  }

  /** Makes the ledger. */
  void initialise() {
    try (ChildProcess init = loader("init", "init")) {
      if (init.awaitExit(SOON) != 0) {
        throw new IllegalStateException("sluice-loader init failed:\n" + init.logTail());
      }
    }
  }

  /** Starts a loader, or another command of its command line, with options. */
  ChildProcess loader(String name, String command, String... options) {
    try {
      Path config = logs.resolve("loader.conf");
      Files.writeString(config, settings(), UTF_8);
      StackEndpoints endpoints = stack.endpoints();
      return ChildProcess.start(
          new ChildProcess.Spec(
              name,
              command(command, config, options),
              Map.of(
                  "AWS_REGION", endpoints.region(),
                  "AWS_ACCESS_KEY_ID", endpoints.accessKey(),
                  "AWS_SECRET_ACCESS_KEY", endpoints.secretKey(),
                  "JAVA_HOME", System.getProperty("java.home"),
                  "SLUICE_LOADER_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
              logs.resolve(name + ".log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(String command, Path config, String... options) {
    List<String> line = new ArrayList<>();
    Collections.addAll(line, build.loader().toString(), command, "--config", config.toString());
    Collections.addAll(line, options);
    return line;
  }

  /** Messages in the queue, received ones included. */
  int messages() {
    Map<String, String> counts =
        clients.sqs().getQueueAttributes(queue, List.of("All")).getAttributes();
    return Integer.parseInt(counts.get("ApproximateNumberOfMessages"))
        + Integer.parseInt(counts.get("ApproximateNumberOfMessagesNotVisible"));
  }

  /** The reasons of all dead letters, which are taken out. */
  List<String> takeDeadLetters() {
    List<String> reasons = new ArrayList<>();
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(deadLetters)
            .withMaxNumberOfMessages(10)
            .withMessageAttributeNames("All");
    for (var some = clients.sqs().receiveMessage(request).getMessages();
        !some.isEmpty();
        some = clients.sqs().receiveMessage(request).getMessages()) {
      some.forEach(
          message -> {
            reasons.add(message.getMessageAttributes().get("sluice-reason").getStringValue());
            clients.sqs().deleteMessage(deadLetters, message.getReceiptHandle());
          });
    }
    return reasons;
  }

  @Override
  public void close() {
    clients.close();
    stack.close();
  }

  private String settings() {
    StackEndpoints endpoints = stack.endpoints();
    StackEndpoints.Redshift warehouse = endpoints.redshift().orElseThrow();
    return """
        loader {
          queue { url = "%s", dead-letter-url = "%s" }
          batch-folders = ["%s"]
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse { url = "%s", user = "%s", password = "%s", iam-role = default, statement-timeout = 1m }
          copy { max-wait = 500ms, min-interval = 500ms, max-batches = 20 }
          catch-up.interval = 5s
          shutdown.grace = 5s
          health.port = 0
          tables = [%s]
        }
        """
        .formatted(
            queue,
            deadLetters,
            FOLDER,
            endpoints.region(),
            endpoints.s3(),
            endpoints.sqs(),
            warehouse.url(),
            warehouse.user(),
            warehouse.password(),
            tables.stream()
                .map(table -> "{ name = " + '"' + table + '"' + " }")
                .collect(Collectors.joining(", ")));
  }
}
