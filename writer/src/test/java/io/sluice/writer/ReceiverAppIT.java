package io.sluice.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardMark;
import io.sluice.stack.process.ChildProcess;
import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.direct.Aggregates;
import io.sluice.writer.source.direct.TestStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The built jar with receivers, by the real spark-submit. */
class ReceiverAppIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;
  private static AmazonSQS sqs;
  private static AmazonKinesis kinesis;
  private static AmazonDynamoDB dynamo;

  private final String name = "r-" + UUID.randomUUID();
  private final List<ChildProcess> writers = new ArrayList<>();
  private final LandedFolder landed = new LandedFolder(s3, new BatchFolder("landing", name));
  private TestStream stream;
  private String queueUrl;
  private long put;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    sqs = stack.clients().sqs();
    kinesis = KinesisClients.of(stack.settings());
    dynamo =
        stack.clients().configure(AmazonDynamoDBClientBuilder.standard(), Service.DYNAMODB).build();
    s3.createBucket("landing");
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    sqs.shutdown();
    dynamo.shutdown();
    stack.close();
  }

  @AfterEach
  void endWriters() {
    writers.stream().filter(ChildProcess::isAlive).forEach(ChildProcess::kill);
  }

  @Test
  void tooFewCoresEndWith2() throws IOException {
    createStreamAndQueue(1);

    ChildProcess writer = submit(config(2), "local[2]");

    assertThat(writer.awaitExit(SOON)).isEqualTo(2);
    assertThat(writer.logTail())
        .contains("2 receivers need at least 3 cores, and Spark has 2")
        .doesNotContain("\tat ");
  }

  /** Kills, a split, aggregated records, then a graceful stop under load. */
  @Test
  void killsASplitAndAStopLoseAndDoubleNothing() throws IOException {
    createStreamAndQueue(2);
    Path config = config(2);

    for (int kills = 0; kills < kills(); kills++) {
      ChildProcess writer = submit(config, "local[3]");
      put(1500);
      awaitCommitted(writer, put);
      put(1500);
      if (kills == 0) {
        stream.split("shardId-000000000000");
      }
      putAggregated(500);
      writer.kill();
    }
    ChildProcess last = submit(config, "local[3]");
    put(1000);
    awaitCommitted(last, put);
    last.await("the parent has ended", SOON, this::parentHasEnded);
    put(2000);
    assertThat(last.terminate(Duration.ofSeconds(90))).isEqualTo(143);
    long stopped = takeovers().get(takeovers().size() - 1).number();
    assertThat(tables()).noneMatch(table -> table.contains("-" + stopped + "-"));
    ChildProcess afterStop = submit(config, "local[3]");
    put(100);
    awaitCommitted(afterStop, put);

    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
    // Its own, and that of the last run that could not delete it.
    assertThat(tables()).hasSizeLessThanOrEqualTo(2);
  }

  /** With a lease table for both, the first would move the leases of the second. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void aDriverThatLivesOnIsFencedAndNothingIsLostOrDoubled() throws IOException {
    createStreamAndQueue(2);
    Path config = config(1);
    ChildProcess zombie = submit(config, "local[2]");
    put(500);
    awaitCommitted(zombie, put);

    ChildProcess successor = submit(config, "local[2]");
    successor.await("it took over", SOON, () -> takeovers().size() == 2);
    for (int i = 0; i < 40 && zombie.isAlive(); i++) {
      put(500);
      awaitCommitted(successor, put);
    }

    assertThat(zombie.awaitExit(SOON)).isEqualTo(4);
    assertThat(zombie.logTail(400)).contains("this writer is fenced and stops");
    assertThat(successor.isAlive()).isTrue();
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
  }

  /** The marks are the same for both: what receivers have begun, the direct source ends. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void theSourceCanBeChangedBetweenRuns() throws IOException {
    createStreamAndQueue(1);
    ChildProcess receivers = submit(config(1), "local[2]");
    put(500);
    putAggregated(100);
    awaitCommitted(receivers, put);
    receivers.kill();

    put(500);
    ChildProcess direct = submit(direct(), "local[2]");
    awaitCommitted(direct, put);
    direct.kill();
    put(500);
    ChildProcess receiversAgain = submit(config(1), "local[2]");
    awaitCommitted(receiversAgain, put);

    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
  }

  /** Executors are processes of their own here. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void aLostExecutorEndsTheRunAndNothingIsLost() throws IOException {
    createStreamAndQueue(2);
    Path config = config(2);
    ChildProcess writer = submit(config, "local-cluster[2,2,1024]");
    put(1000);
    awaitCommitted(writer, put);
    put(1000);

    ProcessHandle executor =
        ProcessHandle.of(writer.pid())
            .orElseThrow()
            .descendants()
            .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
            .findFirst()
            .orElseThrow();
    executor.destroyForcibly();

    assertThat(writer.awaitExit(SOON)).isEqualTo(1);
    assertThat(writer.logTail(400))
        .contains("this run ends, and the next one starts from the manifest log");
    ChildProcess next = submit(config, "local-cluster[2,2,1024]");
    put(500);
    awaitCommitted(next, put);
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertMarksAreContiguous();
  }

  private static int kills() {
    return Integer.getInteger("sluice.receiver-kills", 1);
  }

  private boolean parentHasEnded() {
    List<Manifest> manifests = landed.manifests();
    return manifests.get(manifests.size() - 1).sources().get(0).marks().stream()
        .anyMatch(ShardMark::ended);
  }

  private List<Manifest> takeovers() {
    return landed.manifests().stream()
        .filter(manifest -> manifest.kind() == Manifest.Kind.TAKEOVER)
        .toList();
  }

  private List<String> tables() {
    return dynamo.listTables().getTableNames().stream()
        .filter(table -> table.endsWith(stream.name()))
        .toList();
  }

  private void awaitCommitted(ChildProcess writer, long records) {
    writer.await(records + " records are committed", SOON, () -> landed.committed() >= records);
  }

  private void createStreamAndQueue(int shards) {
    queueUrl = sqs.createQueue(name).getQueueUrl();
    stream = TestStream.create(kinesis, shards);
  }

  private void put(int count) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(("{\"id\":" + put++ + "}").getBytes(UTF_8));
    }
    stream.putAll(records);
  }

  /** Ten user records in each record of the stream. */
  private void putAggregated(int count) {
    List<byte[]> records = new ArrayList<>();
    for (int done = 0; done < count; done += 10) {
      Aggregates aggregate = new Aggregates();
      for (int i = 0; i < 10; i++) {
        aggregate.add("key", "{\"id\":" + put++ + "}");
      }
      records.add(aggregate.bytes());
    }
    stream.putAllByKey("key", records);
  }

  private List<Long> ids() {
    return LongStream.range(0, put).boxed().toList();
  }

  private Path config(int receivers) throws IOException {
    return config("type = receiver, receiver.receivers = " + receivers);
  }

  private Path direct() throws IOException {
    return config("type = direct");
  }

  private Path config(String source) throws IOException {
    Path config = folder.resolve(name + ".conf");
    Files.writeString(
        config,
        """
        writer {
          application = "receiver test"
          interval = 500ms
          batch-folder = "s3://landing/%s"
          queue.url = "%s"
          source { stream = %s, initial-position = trim-horizon, %s }
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
            kinesis.endpoint = "%s"
            dynamodb.endpoint = "%s"
          }
          tables = [{ name = events, columns = [{ name = id, type = bigint, required = true }] }]
        }
        """
            .formatted(
                name,
                queueUrl,
                stream.name(),
                source,
                stack.endpoints().region(),
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.endpoints().kinesis(),
                stack.endpoints().dynamodb()));
    return config;
  }

  private ChildProcess submit(Path config, String master) {
    Path submit =
        Path.of(
            System.getProperty("sluice.root"), "docker/spark/target/spark-home/bin/spark-submit");
    String process = name + "-" + writers.size();
    ChildProcess writer =
        ChildProcess.start(
            new ChildProcess.Spec(
                    process,
                    List.of(
                        "bash",
                        submit.toString(),
                        "--master",
                        master,
                        "--driver-memory",
                        "512m",
                        "--class",
                        WriterApp.class.getName(),
                        WriterJarIT.path().toString(),
                        "--config",
                        config.toString()),
                    folder.resolve(process + ".log"))
                .with("SPARK_LOCAL_IP", "127.0.0.1")
                .with("SPARK_LOCAL_HOSTNAME", "localhost")
                .with("AWS_ACCESS_KEY_ID", stack.endpoints().accessKey())
                .with("AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey()));
    writers.add(writer);
    return writer;
  }
}
