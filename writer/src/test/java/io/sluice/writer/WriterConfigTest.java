package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.writer.encode.TimeForm;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriterConfigTest {
  private static final String SMALLEST =
      """
      writer {
        application = clicks
        batch-folder = "s3://bucket/clicks"
        queue.url = "https://sqs.eu-central-1.amazonaws.com/123456789012/clicks"
        source.stream = clicks
        tables = [ { name = clicks, columns = [ { name = id, type = bigint } ] } ]
      }
      """;

  @Test
  void theSmallestSettingsHaveDefaults() {
    WriterConfig config = parse(SMALLEST);

    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.source().initialPosition()).isEqualTo(InitialPosition.LATEST);
    assertThat(config.fileBytes()).isEqualTo(16 << 20);
    assertThat(config.table().columns().get(0).pointer()).isEqualTo("/id");
    assertThat(config.table().columns().get(0).timeForm()).isEqualTo(TimeForm.ISO);
  }

  @Test
  void readsAStartTime() {
    WriterConfig config =
        parse(
            SMALLEST
                + "writer.source { initial-position = at-timestamp, start-at = \"2026-11-22T05:00:00Z\" }");

    assertThat(config.source().startAt()).isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    writer {
                      aplication = clicks
                      interval = 10ms
                      batch-folder = "/tmp/clicks"
                      source { stream = clicks, start-at = "yesterday" }
                      tables = [ { name = "a b", columns = [ { name = "id", type = "uuid" } ] } ]
                    }
                    """))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "writer.application is missing",
                        "writer.interval = 10ms: must be at least 100ms",
                        "writer.batch-folder = /tmp/clicks: '/tmp/clicks' is not a batch folder: use s3://bucket/prefix",
                        "writer.queue.url is missing",
                        "writer.source.start-at = yesterday: must be a time such as 2026-11-22T05:00:00Z",
                        "writer.tables[0].name = a b: 'a b' is not a table name: use table or schema.table of"
                            + " letters, digits, _ and $, no digit first",
                        "writer.tables[0].columns[0].type = uuid: is not a column type here: use one of smallint,"
                            + " integer, bigint, decimal, real, double precision, boolean, char, varchar, date,"
                            + " timestamp, timestamptz, super",
                        "writer.aplication is not a setting: did you mean writer.application?"));
  }

  @Test
  void refusesAStartTimeWithoutItsPosition() {
    assertThatThrownBy(() -> parse(SMALLEST + "writer.source.start-at = \"2026-11-22T05:00:00Z\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "writer.source: start-at belongs to initial-position = at-timestamp, and only to it");
  }

  private static WriterConfig parse(String text) {
    return ConfigFile.parse(text, "test.conf", "writer", WriterConfig::read);
  }
}
