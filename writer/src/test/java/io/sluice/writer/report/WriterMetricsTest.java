package io.sluice.writer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriterMetricsTest {
  private static final Instant TIME = Instant.parse("2026-11-22T05:00:00Z");

  private final WriterMetrics metrics = new WriterMetrics(7);

  @Test
  void countsWhatWasCommitted() {
    metrics.committed(report(8, Map.of("clicks.shard-1", Duration.ofMillis(1500))));
    metrics.committed(report(9, Map.of("clicks.shard-1", Duration.ZERO)));

    assertThat(count("records")).isEqualTo(26);
    assertThat(count("rows")).isEqualTo(20);
    assertThat(count("duplicates")).isEqualTo(4);
    assertThat(count("files")).isEqualTo(4);
    assertThat(count("bytes")).isEqualTo(2 * (100 + 30));
    assertThat(count("uncompressed-bytes")).isEqualTo(2 * (400 + 90));
    assertThat(count("rejects.too-long")).isEqualTo(2);
    assertThat(count("rejects.not-json")).isEqualTo(4);
    assertThat(gauge("last-manifest")).isEqualTo(9L);
    assertThat(metrics.metricRegistry().timer("upload-seconds").getCount()).isEqualTo(2);
    assertThat(metrics.metricRegistry().timer("upload-seconds").getSnapshot().getMax())
        .isEqualTo(Duration.ofMillis(20).toNanos());
  }

  @Test
  void beforeTheFirstCommitTheTakeoverIsTheLastManifest() {
    assertThat(gauge("last-manifest")).isEqualTo(7L);
  }

  @Test
  void aShardThatIsGoneHasNoLag() {
    metrics.behind(Map.of("clicks.a", Duration.ofSeconds(3), "clicks.b", Duration.ofSeconds(1)));
    assertThat(gauge("lag-millis.clicks.a")).isEqualTo(3000L);

    metrics.behind(Map.of("clicks.b", Duration.ofSeconds(2)));

    assertThat(metrics.metricRegistry().getGauges()).doesNotContainKey("lag-millis.clicks.a");
    assertThat(gauge("lag-millis.clicks.b")).isEqualTo(2000L);
  }

  @Test
  void theLogLineHasTheWholeInterval() {
    assertThat(report(8, Map.of("clicks.shard-1", Duration.ofMillis(1500))))
        .hasToString(
            "manifest 8: interval 2026-11-22T05:00:00Z, 13 records, 10 rows of 1 tables in 2 files, 130 bytes,"
                + " 3 rejects, 2 duplicates dropped, landed in 50 ms, committed in 5 ms, 1500 ms behind");
  }

  private long count(String name) {
    return metrics.metricRegistry().getCounters().get(name).getCount();
  }

  private Object gauge(String name) {
    return metrics.metricRegistry().getGauges().get(name).getValue();
  }

  private static IntervalReport report(long number, Map<String, Duration> lag) {
    Batch batch =
        new Batch(
            TableName.parse("clicks"),
            List.of(new Column("id", "bigint")),
            FileFormat.csvZstd(),
            List.of(new DataFile("a", 10, 100, 400, "crc32c:00000000")),
            TIME,
            TIME);
    Rejects rejects =
        new Rejects(
            List.of(new DataFile("b", 3, 30, 90, "crc32c:00000000")),
            Map.of("too-long", 1L, "not-json", 2L));
    Manifest manifest =
        new Manifest(
            number,
            Manifest.Kind.BATCH,
            new WriterRun("clicks", "1@host", "abc"),
            TIME,
            Duration.ofSeconds(10),
            List.of(),
            List.of(batch),
            rejects,
            TIME);
    return new IntervalReport(
        manifest,
        13,
        2,
        Duration.ofMillis(30),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(5),
        lag);
  }
}
