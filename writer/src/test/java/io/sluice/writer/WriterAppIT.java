package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.Manifest;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direct source and what every run has, by spark-submit. */
class WriterAppIT extends AppCase {
  private static final String MASTER = "local[2]";

  /** Of 100 records one is not JSON and one has a note that is too long. */
  private static final int BAD_EVERY = 100;

  @Test
  void settingsWithProblemsEndWith2AndAreToldAllAtOnce() throws IOException {
    Path config = folder.resolve("bad.conf");
    Files.writeString(config, "writer { aplication = x, interval = 1ms, tables = [] }");

    ChildProcess writer = submit(config, MASTER);

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
    ChildProcess writer = submit(config(), MASTER);

    assertThat(writer.awaitExit(SOON)).isEqualTo(2);
    assertThat(writer.logTail()).contains("there is no stream " + name);
    assertThat(landed.manifests()).isEmpty();
  }

  @Test
  void ofTwoDriversTheFirstIsFencedAndSaysSo() throws IOException {
    createStreamAndQueue(2);
    Path config = config();
    ChildProcess first = submit(config, MASTER);
    put(1000);
    awaitCommitted(first, put);

    ChildProcess second = submit(config, MASTER);
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

    long before = landed.committed();
    Path metrics = Files.createDirectory(folder.resolve("metrics"));
    ChildProcess third = submit(config, MASTER, sinkOfCsv(metrics));
    put(100);
    awaitCommitted(third, put);
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(goodIds());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
    await().atMost(SOON).until(() -> metric(metrics, "records") == put - before);
    assertThat(metric(metrics, "last-manifest")).isEqualTo(lastManifest());
    assertThat(metric(metrics, "rejects.not-json") + metric(metrics, "rejects.too-long"))
        .isEqualTo(LongStream.range(before, put).filter(WriterAppIT::isBad).count());
  }

  private static String[] sinkOfCsv(Path folder) {
    String sink = "spark.metrics.conf.*.sink.csv.";
    return Stream.of(
            "class=org.apache.spark.metrics.sink.CsvSink",
            "directory=" + folder,
            "period=1",
            "unit=seconds")
        .flatMap(setting -> Stream.of("--conf", sink + setting))
        .toArray(String[]::new);
  }

  /** What Spark's own sink has written last of one of the writer's metrics, -1 for nothing yet. */
  private static long metric(Path folder, String metric) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".driver.sluice." + metric + ".csv"))
              .toList();
      if (found.isEmpty()) {
        return -1;
      }
      List<String> lines = Files.readAllLines(found.get(0));
      // The time, a comma, the value.
      String last = lines.get(lines.size() - 1);
      return Long.parseLong(last.substring(last.indexOf(',') + 1));
    }
  }

  private long lastManifest() {
    List<Manifest> manifests = landed.manifests();
    return manifests.get(manifests.size() - 1).number();
  }

  private void put(int count) {
    put(count, WriterAppIT::text);
  }

  private List<Long> goodIds() {
    return LongStream.range(0, put).filter(id -> !isBad(id)).boxed().toList();
  }

  private static boolean isBad(long id) {
    return id % BAD_EVERY < 2;
  }

  private static String text(long id) {
    if (id % BAD_EVERY == 0) {
      return "record " + id;
    }
    return "{\"id\":%d,\"note\":\"%s\"}"
        .formatted(id, id % BAD_EVERY == 1 ? "much longer than it may be" : "n" + id);
  }

  private Path config() throws IOException {
    return config(
        """
        interval = 300ms
        source.limits.max-records = 1000
        tables = [{
          name = events
          columns = [
            { name = id, type = bigint, required = true }
            { name = note, type = varchar(8) }
          ]
        }]
        """);
  }
}
