package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.map.ElementMapping;
import io.sluice.writer.map.RowMapper;
import io.sluice.writer.report.IntervalReport;
import io.sluice.writer.source.UnmarkedSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library entry on a Spark of its own in this JVM; ExampleIT runs it by spark-submit. */
class BatchSinkIT {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final TableName EVEN = TableName.parse("even");
  private static final TableName ODD = TableName.parse("odd");

  /** Numbers go to two tables; those that end with a 9 are more than the mapper can take. */
  private static final RowMapper<Long> BY_PARITY =
      (number, rows) -> {
        if (number % 10 == 9) {
          throw new IllegalArgumentException("no nines");
        }
        rows.row(number % 2 == 0 ? "even" : "odd").set("id", number);
      };

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;
  private static JavaSparkContext spark;

  private final BatchFolder batches = new BatchFolder("sinks", "s-" + UUID.randomUUID());
  private final LandedFolder landed = new LandedFolder(s3, batches);

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    s3.createBucket("sinks");
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("sinks")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
    s3.shutdown();
    stack.close();
  }

  @Test
  void landsABatchTimeOnceWhateverRunSeesItAgain() {
    try (BatchSink<Long> sink = sink()) {
      assertThat(sink.land(numbers(0, 40), NOON)).isPresent();
      assertThat(sink.land(numbers(40, 80), NOON.plusSeconds(1))).isPresent();
      assertThat(sink.land(numbers(0, 40), NOON)).isEmpty();
    }
    try (BatchSink<Long> again = sink()) {
      assertThat(again.land(numbers(40, 80), NOON.plusSeconds(1))).isEmpty();
      assertThat(again.land(numbers(80, 120), NOON.plusSeconds(2))).isPresent();
    }

    assertThat(landed.ids())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 120).filter(id -> id % 10 != 9).boxed().toList());
    assertThat(landed.rejects())
        .hasSize(12)
        .allMatch(line -> line.get("reason").asText().equals("mapper-failed"));
    landed.assertLogIsDense();
  }

  @Test
  void tellsWhatItLanded() {
    try (BatchSink<Long> sink = sink()) {
      IntervalReport report = sink.land(numbers(0, 40), NOON).orElseThrow();

      assertThat(report.records()).isEqualTo(40);
      assertThat(report.rows()).isEqualTo(36);
      assertThat(report.manifest().batch(EVEN).map(Batch::rows)).hasValue(20L);
      assertThat(report.manifest().batch(ODD).map(Batch::rows)).hasValue(16L);
      assertThat(report.manifest().rejects().reasons()).containsEntry("mapper-failed", 4L);
      assertThat(report.manifest().sources()).isEmpty();
    }
  }

  @Test
  void anEmptyBatchMakesNoManifest() {
    try (BatchSink<Long> sink = sink()) {
      assertThat(sink.land(numbers(0, 0), NOON)).isEmpty();

      assertThat(landed.manifests())
          .extracting(Manifest::kind)
          .containsExactly(Manifest.Kind.TAKEOVER);
    }
  }

  @Test
  void aSmallBatchOfManyPartitionsEndsInFewFiles() {
    JavaRDD<Long> wide = spark.parallelize(LongStream.range(0, 64).boxed().toList(), 32);
    try (BatchSink<Long> sink = sink()) {
      sink.land(wide, NOON);

      IntervalReport next = sink.land(wide, NOON.plusSeconds(1)).orElseThrow();

      assertThat(next.rows()).isEqualTo(58);
      assertThat(next.manifest().batch(EVEN).orElseThrow().files()).hasSize(1);
    }
  }

  @Test
  void aSinkThatWasTakenOverIsFencedAndStaysSo() {
    try (BatchSink<Long> first = sink();
        BatchSink<Long> second = sink()) {
      first.land(numbers(0, 10), NOON);
      second.land(numbers(10, 20), NOON.plusSeconds(1));

      assertThatThrownBy(() -> first.land(numbers(20, 30), NOON.plusSeconds(2)))
          .isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> first.land(numbers(30, 40), NOON.plusSeconds(3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("an earlier one has failed")
          .hasCauseInstanceOf(FencedException.class);

      assertThat(landed.ids()).hasSize(18);
    }
  }

  @Test
  void afterABatchThatFailedNoneIsLandedUntilANewRun() {
    JavaRDD<Long> broken =
        numbers(0, 10)
            .map(
                number -> {
                  throw new IllegalStateException("the stream's own code");
                });
    try (BatchSink<Long> sink = sink()) {
      assertThatThrownBy(() -> sink.land(broken, NOON))
          .hasMessageContaining("the stream's own code");
      assertThatThrownBy(() -> sink.land(numbers(10, 20), NOON.plusSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("an earlier one has failed");
    }
    try (BatchSink<Long> next = sink()) {
      assertThat(next.land(numbers(0, 10), NOON)).isPresent();
    }
    assertThat(landed.ids()).hasSize(9);
  }

  @Test
  void comesOutOfACheckpointAsANewRun() throws IOException, ClassNotFoundException {
    try (BatchSink<Long> sink = sink()) {
      sink.land(numbers(0, 10), NOON);
      try (BatchSink<Long> restored = copy(sink)) {
        assertThat(restored.land(numbers(0, 10), NOON)).isEmpty();
        assertThat(restored.land(numbers(10, 20), NOON.plusSeconds(1))).isPresent();
      }
    }
    assertThat(landed.ids()).hasSize(18);
  }

  @Test
  void landsDocumentsByThePointersOfTheirTable() {
    SinkConfig config =
        config(
            "{ name = even, columns = [{ name = id, pointer = /a/b, type = bigint, required = true }] }");
    try (BatchSink<String> sink = BatchSink.json(config)) {
      sink.land(spark.parallelize(List.of("{\"a\":{\"b\":7}}", "{}"), 1), NOON);
    }

    assertThat(landed.ids()).containsExactly(7L);
    assertThat(landed.rejects())
        .extracting(line -> line.get("reason").asText())
        .containsExactly("missing");
  }

  @Test
  void afterAStopNoIntervalBegins() {
    SinkConfig config = config();
    try (LandingRun<Long> run =
        LandingRun.start(
            config.landing(),
            ElementMapping.of(config.tables(), BY_PARITY),
            new UnmarkedSource(),
            Duration.ofSeconds(1),
            Clock.systemUTC())) {
      run.stopAfterThisInterval();

      Optional<IntervalReport> report =
          run.land(
              NOON,
              1,
              plan -> {
                throw new AssertionError("a task ran");
              });

      assertThat(report).isEmpty();
      assertThat(landed.manifests()).hasSize(1);
    }
  }

  @SuppressWarnings("unchecked") // what went in comes out
  private static BatchSink<Long> copy(BatchSink<Long> sink)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sink);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (BatchSink<Long>) in.readObject();
    }
  }

  private static JavaRDD<Long> numbers(long from, long to) {
    return spark.parallelize(LongStream.range(from, to).boxed().toList(), 2);
  }

  private BatchSink<Long> sink() {
    return BatchSink.of(config(), BY_PARITY);
  }

  private SinkConfig config() {
    String id = "columns = [{ name = id, type = bigint }]";
    return config("{ name = even, " + id + " }, { name = odd, " + id + " }");
  }

  private SinkConfig config(String tables) {
    return SinkConfig.parse(
        """
        sink {
          application = test
          batch-folder = "%s"
          queue.url = "%s/000000000000/none"
          aws {
            region = %s
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          tables = [%s]
        }
        """
            .formatted(
                batches,
                stack.endpoints().sqs(),
                stack.endpoints().region(),
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                tables));
  }
}
