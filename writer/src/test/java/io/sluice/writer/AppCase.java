package io.sluice.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.stack.process.ChildProcess;
import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.direct.TestStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar by the real spark-submit: a stack for the tests of a class, and for each test a
 * stream, a queue and a batch folder of its own, whose writers are killed when it ends.
 */
abstract class AppCase {
  static final Duration SOON = Duration.ofMinutes(3);

  @TempDir static Path folder;

  static RunningStack stack;
  static AmazonS3 s3;
  static AmazonSQS sqs;
  static AmazonKinesis kinesis;

  final String name = "w-" + UUID.randomUUID();
  final LandedFolder landed = new LandedFolder(s3, new BatchFolder("landing", name));

  /** Null until {@link #createStreamAndQueue}. */
  TestStream stream;

  /** How many records were put. */
  long put;

  private final List<ChildProcess> writers = new ArrayList<>();
  private String queueUrl = "http://127.0.0.1:1/queue";

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    sqs = stack.clients().sqs();
    kinesis = KinesisClients.of(stack.settings());
    s3.createBucket("landing");
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    sqs.shutdown();
    kinesis.shutdown();
    stack.close();
  }

  @AfterEach
  void endWriters() {
    writers.stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill);
  }

  final void createStreamAndQueue(int shards) {
    queueUrl = sqs.createQueue(name).getQueueUrl();
    stream = TestStream.create(kinesis, shards);
  }

  /** Puts so many more records, each the text of its number. */
  final void put(int count, LongFunction<String> text) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(text.apply(put++).getBytes(UTF_8));
    }
    stream.putAll(records);
  }

  final void awaitCommitted(ChildProcess writer, long records) {
    writer.await(records + " records are committed", SOON, () -> landed.committed() >= records);
  }

  final List<Manifest> takeovers() {
    return landed.manifests().stream()
        .filter(manifest -> manifest.kind() == Manifest.Kind.TAKEOVER)
        .toList();
  }

  /**
   * Writes settings for this test's stream, queue and folder.
   *
   * @param more what the test adds to them
   */
  final Path config(String more) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        writer {
          application = "writer test"
          interval = 500ms
          batch-folder = "s3://landing/%s"
          queue.url = "%s"
          source { stream = %s, initial-position = trim-horizon }
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
            kinesis.endpoint = "%s"
            dynamodb.endpoint = "%s"
          }
          %s
        }
        """
            .formatted(
                name,
                queueUrl,
                stream == null ? name : stream.name(),
                stack.endpoints().region(),
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.endpoints().kinesis(),
                stack.endpoints().dynamodb(),
                more));
  }

  /** Starts a writer; {@code options} are spark-submit's. */
  final ChildProcess submit(Path config, String master, String... options) {
    Path submit =
        Path.of(
            System.getProperty("sluice.root"), "docker/spark/target/spark-home/bin/spark-submit");
    List<String> command =
        new ArrayList<>(
            List.of("bash", submit.toString(), "--master", master, "--driver-memory", "512m"));
    command.addAll(List.of(options));
    command.addAll(List.of("--class", WriterApp.class.getName(), WriterJarIT.path().toString()));
    command.addAll(List.of("--config", config.toString()));
    String process = name + "-" + writers.size();
    ChildProcess writer =
        ChildProcess.start(
            new ChildProcess.Spec(process, command, folder.resolve(process + ".log"))
                .with("SPARK_LOCAL_IP", "127.0.0.1")
                .with("SPARK_LOCAL_HOSTNAME", "localhost")
                .with("AWS_ACCESS_KEY_ID", stack.endpoints().accessKey())
                .with("AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey()));
    writers.add(writer);
    return writer;
  }
}
