package io.sluice.acceptance.benchmark.endtoend;

import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Clients;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stand-ins without their fronts, with bucket and queue, and the writer as users start it: by
 * spark-submit.
 */
final class Stand implements AutoCloseable {
  private static final String BUCKET = "benchmark";
  private static final Duration STREAM_IS_MADE_WITHIN = Duration.ofSeconds(30);

  /**
   * Records a second and receiver: more than one can give, so that the writer's own speed shows.
   */
  private static final int UNBOUND = 10_000_000;

  private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

  private final Build build;
  private final Path logs;
  private final StackProcess stack;
  private final Clients clients;
  private final String queueUrl;
  private int writers;

  /**
   * Starts the stand-ins.
   *
   * @param logs the folder for settings and logs
   */
  Stand(Build build, Path logs) {
    this.build = build;
    this.logs = logs;
    this.stack =
        StackProcess.start(
            build.stackJar(),
            logs,
            List.of("-XX:+UseParallelGC", "-Xmx5g"),
            List.of("--no-faults", "--kinesis-memory=3g"));
    this.clients = new Clients(stack.endpoints());
    clients.s3().createBucket(BUCKET);
    this.queueUrl = clients.sqs().createQueue(BUCKET).getQueueUrl();
  }

  Clients clients() {
    return clients;
  }

  /** A folder of the bucket that no run has used. */
  BatchFolder folder(String name) {
    return new BatchFolder(BUCKET, name);
  }

  String queueUrl() {
    return queueUrl;
  }

  ManifestLog manifests(BatchFolder folder) {
    return new ManifestLog(new S3ObjectStore(clients.s3(), BUCKET), folder, LOG_PATIENCE);
  }

  /** Makes a stream and waits until it takes records. */
  void createStream(String name, int shards) {
    clients.kinesis().createStream(name, shards);
    stack.process().await("the stream was active", STREAM_IS_MADE_WITHIN, () -> isActive(name));
  }

  void deleteStream(String name) {
    clients.kinesis().deleteStream(name);
  }

  /**
   * Starts a writer.
   *
   * @param threads of Spark; a receiver takes one for itself
   */
  ChildProcess startWriter(WriterSettings settings, int threads) throws IOException {
    String name = "writer-" + ++writers;
    Path file = logs.resolve(name + ".conf");
    Files.writeString(file, settings.text(stack.endpoints()));
    List<String> command =
        List.of(
            build.sparkSubmit().toString(),
            "--master",
            "local[" + threads + ",4]",
            "--driver-memory",
            "2g",
            "--driver-java-options",
            "-XX:+UseParallelGC",
            "--conf",
            "spark.streaming.receiver.maxRate=" + UNBOUND,
            "--class",
            "io.sluice.writer.WriterApp",
            build.writerJar().toString(),
            "--config",
            file.toString());
    return ChildProcess.start(
        new ChildProcess.Spec(name, command, environment(), logs.resolve(name + ".log")));
  }

  @Override
  public void close() {
    clients.close();
    stack.close();
  }

  private boolean isActive(String stream) {
    return clients
        .kinesis()
        .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(stream))
        .getStreamDescriptionSummary()
        .getStreamStatus()
        .equals("ACTIVE");
  }

  private Map<String, String> environment() {
    StackEndpoints endpoints = stack.endpoints();
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", endpoints.region());
    environment.put("AWS_ACCESS_KEY_ID", endpoints.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", endpoints.secretKey());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_HOSTNAME", "localhost");
    return environment;
  }
}
