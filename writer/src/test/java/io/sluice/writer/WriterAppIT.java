package io.sluice.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar by the real spark-submit. */
class WriterAppIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int RECORDS_A_REQUEST = 500;

  /** Of 100 records one is not JSON and one has a note that is too long. */
  private static final int BAD_EVERY = 100;

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;
  private static AmazonSQS sqs;
  private static AmazonKinesis kinesis;

  private final String name = "w-" + UUID.randomUUID();
  private final List<ChildProcess> writers = new ArrayList<>();
  private final LandedFolder landed = new LandedFolder(s3, new BatchFolder("landing", name));
  private String queueUrl = "http://127.0.0.1:1/queue";
  private long put;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    sqs = stack.clients().sqs();
    kinesis =
        stack.clients().configure(AmazonKinesisClientBuilder.standard(), Service.KINESIS).build();
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

  @Test
  void settingsWithProblemsEndWith2AndAreToldAllAtOnce() throws IOException {
    Path config = folder.resolve("bad.conf");
    Files.writeString(config, "writer { aplication = x, interval = 1ms, tables = [] }");

    ChildProcess writer = submit(config);

    assertThat(writer.awaitExit(SOON)).isEqualTo(2);
    assertThat(writer.logTail())
        .contains("writer.application is missing")
        .contains("writer.aplication is not a setting: did you mean writer.application?")
        .contains("writer.interval = 1ms: must be at least 100ms")
        .contains("writer.batch-folder is missing")
        .contains("writer.queue.url is missing")
        .contains("writer.source.stream is missing")
        .contains("writer.tables = []: needs at least one entry")
        .doesNotContain("\tat ");
  }

  @Test
  void aMissingStreamEndsWith2() throws IOException {
    ChildProcess writer = submit(config());

    assertThat(writer.awaitExit(SOON)).isEqualTo(2);
    assertThat(writer.logTail()).contains("stream " + name, "there is no such stream");
    assertThat(landed.manifests()).isEmpty();
  }

  @Test
  void ofTwoDriversTheFirstIsFencedAndSaysSo() throws IOException {
    createStreamAndQueue(2);
    Path config = config();
    ChildProcess first = submit(config);
    put(1000);
    awaitCommitted(first, put);

    ChildProcess second = submit(config);
    second.await("it took over", SOON, () -> takeovers().size() == 2);
    for (int i = 0; i < 20 && first.isAlive(); i++) {
      put(500);
      awaitCommitted(second, put);
    }

    assertThat(first.awaitExit(SOON)).isEqualTo(4);
    assertThat(first.logTail(400)).contains("this writer is fenced and stops");
    assertThat(second.isAlive()).isTrue();
    Manifest takeover = takeovers().get(1);
    assertThat(landed.manifests())
        .filteredOn(manifest -> manifest.number() >= takeover.number())
        .allMatch(manifest -> manifest.writer().equals(takeover.writer()));

    put(5000);
    assertThat(second.terminate(Duration.ofSeconds(60))).isEqualTo(143);
    assertThat(second.logTail(400)).doesNotContain("ERROR");
    // Files of an interval that was broken off would be named by no manifest.
    assertThat(landed.orphans()).noneMatch(key -> key.contains(takeover.writer().attempt()));

    ChildProcess third = submit(config);
    awaitCommitted(third, put);
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(goodIds());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
  }

  private List<Manifest> takeovers() {
    return landed.manifests().stream()
        .filter(manifest -> manifest.kind() == Manifest.Kind.TAKEOVER)
        .toList();
  }

  private static void awaitCommitted(ChildProcess writer, LandedFolder landed, long records) {
    writer.await(records + " records are committed", SOON, () -> landed.committed() >= records);
  }

  private void awaitCommitted(ChildProcess writer, long records) {
    awaitCommitted(writer, landed, records);
  }

  private void createStreamAndQueue(int shards) {
    queueUrl = sqs.createQueue(name).getQueueUrl();
    kinesis.createStream(name, shards);
    Awaitility.await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(name))
                    .getStreamDescriptionSummary()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }

  private void put(int count) {
    for (int done = 0; done < count; done += RECORDS_A_REQUEST) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + RECORDS_A_REQUEST); i++, put++) {
        entries.add(
            new PutRecordsRequestEntry()
                .withPartitionKey("key" + put % 64)
                .withData(ByteBuffer.wrap(text(put).getBytes(UTF_8))));
      }
      kinesis.putRecords(new PutRecordsRequest().withStreamName(name).withRecords(entries));
    }
  }

  private List<Long> goodIds() {
    return LongStream.range(0, put).filter(id -> !isBad(id)).boxed().toList();
  }

  private static boolean isBad(long id) {
    return id % BAD_EVERY < 2;
  }

  private String text(long id) {
    if (id % BAD_EVERY == 0) {
      return "record " + id;
    }
    return "{\"id\":%d,\"note\":\"%s\"}"
        .formatted(id, id % BAD_EVERY == 1 ? "much longer than it may be" : "n" + id);
  }

  private Path config() throws IOException {
    Path config = folder.resolve(name + ".conf");
    Files.writeString(
        config,
        """
        writer {
          application = test
          interval = 300ms
          batch-folder = "s3://landing/%s"
          queue.url = "%s"
          source { stream = %s, initial-position = trim-horizon, limits.max-records = 1000 }
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
            kinesis.endpoint = "%s"
          }
          tables = [{
            name = events
            columns = [
              { name = id, type = bigint, required = true }
              { name = note, type = varchar(8) }
            ]
          }]
        }
        """
            .formatted(
                name,
                queueUrl,
                name,
                stack.endpoints().region(),
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.endpoints().kinesis()));
    return config;
  }

  private ChildProcess submit(Path config) {
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
                        "local[2]",
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
