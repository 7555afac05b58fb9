package io.sluice.acceptance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Clients;
import io.sluice.acceptance.proof.LandedProof;
import io.sluice.acceptance.proof.LoadedProof;
import io.sluice.common.aws.FaultControl;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stream, batch folder, queue and table of events in a stack of their own, and the processes around
 * them. Closing it ends the stack; the writers are their starter's.
 */
final class EventPipeline implements AutoCloseable {
  static final String STREAM = "events";
  static final String TABLE = "public.events";
  static final BatchFolder FOLDER = new BatchFolder("landing", "events");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LOADED_WITHIN = Duration.ofMinutes(5);

  private final Build build = Build.current();
  private final Path logs;
  private final StackProcess stack;
  private final Clients clients;
  private final ManifestLog manifests;
  private final String queueUrl;
  private long manifestsRead;
  private long committed;

  private EventPipeline(Path logs, StackProcess stack, int shards) throws SQLException {
    this.logs = logs;
    this.stack = stack;
    this.clients = new Clients(stack.endpoints());
    clients.s3().createBucket(FOLDER.bucket());
    this.queueUrl = clients.sqs().createQueue("events").getQueueUrl();
    this.manifests =
        new ManifestLog(new S3ObjectStore(clients.s3(), FOLDER.bucket()), FOLDER, SOON);
    clients.kinesis().createStream(STREAM, shards);
    stack.process().await("the stream was active", SOON, this::isStreamActive);
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement()) {
      statement.execute("create table " + TABLE + " (" + Events.COLUMNS + ")");
    }
  }

  /** Starts a stack with everything in it; logs go to a new folder of this name. */
  static EventPipeline start(String name, int shards) {
    try {
      Path target = Build.current().root().resolve("docker/acceptance/target/fault-logs");
      Files.createDirectories(target);
      Path logs = Files.createTempDirectory(target, name + "-");
      StackProcess stack =
          StackProcess.start(
              Build.current().stackJar(),
              logs,
              List.of("-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
              List.of());
      try {
        return new EventPipeline(logs, stack, shards);
      } catch (SQLException | RuntimeException e) {
        stack.close();
        throw new IllegalStateException("cannot set the pipeline up", e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path logs() {
    return logs;
  }

  Clients clients() {
    return clients;
  }

  StackEndpoints endpoints() {
    return stack.endpoints();
  }

  FaultControl faults() {
    return new FaultControl(stack.endpoints().control());
  }

  /** A producer of events, not started yet. */
  EventProducer producer(int eventsASecond, long seed) {
    StackEndpoints endpoints = stack.endpoints();
    return new EventProducer(
        AmazonKinesisClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(endpoints.kinesis().toString(), endpoints.region()))
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicAWSCredentials(endpoints.accessKey(), endpoints.secretKey())))
            .withClientConfiguration(new ClientConfiguration().withMaxErrorRetry(0))
            .build(),
        STREAM,
        eventsASecond,
        seed);
  }

  boolean isStreamActive() {
    return clients
        .kinesis()
        .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(STREAM))
        .getStreamDescriptionSummary()
        .getStreamStatus()
        .equals("ACTIVE");
  }

  /** How many events the log says are landed or set aside. */
  synchronized long committed() {
    for (Optional<Manifest> next = manifests.read(manifestsRead + 1);
        next.isPresent();
        next = manifests.read(manifestsRead + 1)) {
      committed += next.get().sources().stream().mapToLong(SourceProgress::records).sum();
      manifestsRead++;
    }
    return committed;
  }

  /** The manifest of this number, empty while the log is shorter. */
  Optional<Manifest> manifest(long number) {
    return manifests.read(number);
  }

  /** How many manifests there are. */
  synchronized long manifestCount() {
    committed();
    return manifestsRead;
  }

  /** Writes a file of settings for a writer. */
  Path config(String name, WriterSettings settings) {
    return write(
        name + ".conf",
        settings.hocon(new WriterSettings.Places(stack.endpoints(), STREAM, FOLDER, queueUrl)));
  }

  /** The environment of everything that is started here. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_REGION", stack.endpoints().region(),
        "AWS_ACCESS_KEY_ID", stack.endpoints().accessKey(),
        "AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey(),
        "JAVA_HOME", System.getProperty("java.home"),
        "SPARK_LOCAL_IP", "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME", "localhost",
        "SLUICE_LOADER_OPTS", "-Xmx512m");
  }

  /** The writer's half of the proof, once the writer has ended. */
  LandedProof landed(Events events, WriterSettings.SourceType source) {
    return LandedProof.of(
        new LandedProof.Places(
            clients.s3(),
            clients.sqs(),
            clients.kinesis(),
            FOLDER,
            queueUrl,
            STREAM,
            source.order()),
        events);
  }

  /** Loads all that is landed by the real loader, and gives the loader's half of the proof. */
  LoadedProof load(Events events, LandedProof landed) throws SQLException {
    Path config = write("loader.conf", loaderHocon());
    try (ChildProcess init = loader("init", config)) {
      if (init.awaitExit(SOON) != 0) {
        throw new IllegalStateException("sluice-loader init failed:\n" + init.logTail());
      }
    }
    try (ChildProcess loader = loader("run", config)) {
      loader.await("all rows were loaded", LOADED_WITHIN, () -> rows() >= landed.rows());
    }
    try (ChildProcess reconcile = loader("reconcile", config, "--grace", "0s")) {
      if (reconcile.awaitExit(SOON) != 0) {
        throw new IllegalStateException("the loader's own proof says:\n" + reconcile.logTail());
      }
    }
    try (Connection warehouse = clients.warehouse()) {
      return LoadedProof.of(warehouse, TABLE, events, landed);
    }
  }

  @Override
  public void close() {
    clients.close();
    stack.close();
  }

  private ChildProcess loader(String command, Path config, String... options) {
    List<String> line = new ArrayList<>();
    Collections.addAll(line, build.loader().toString(), command, "--config", config.toString());
    Collections.addAll(line, options);
    return ChildProcess.start(
        new ChildProcess.Spec(
            "loader-" + command, line, environment(), logs.resolve("loader-" + command + ".log")));
  }

  private long rows() {
    try (Connection connection = clients.warehouse();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + TABLE)) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count the rows of " + TABLE, e);
    }
  }

  private String loaderHocon() {
    StackEndpoints endpoints = stack.endpoints();
    StackEndpoints.Redshift warehouse = endpoints.redshift().orElseThrow();
    return """
        loader {
          queue.url = "%s"
          batch-folders = ["%s"]
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse { url = "%s", user = "%s", password = "%s", iam-role = default }
          copy { max-wait = 1s, min-interval = 1s }
          catch-up.interval = 5s
          health.port = 0
          tables = [{ name = events }]
        }
        """
        .formatted(
            queueUrl,
            FOLDER,
            endpoints.region(),
            endpoints.s3(),
            endpoints.sqs(),
            warehouse.url(),
            warehouse.user(),
            warehouse.password());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(logs.resolve(name), text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
