package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.SettingsReference;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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
    assertThat(config.landing().files().targetBytes()).isEqualTo(16 << 20);
    assertThat(config.mapping().layouts())
        .extracting(TableLayout::name)
        .containsExactly(TableName.parse("public.clicks"));
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
                            + " timestamp, timestamptz, super, varbyte",
                        "writer.aplication is not a setting: did you mean writer.application?"));
  }

  @Test
  void refusesAStartTimeWithoutItsPosition() {
    assertThatThrownBy(() -> parse(SMALLEST + "writer.source.start-at = \"2026-11-22T05:00:00Z\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "writer.source: start-at belongs to initial-position = at-timestamp, and only to it");
  }

  @Test
  void readsSeveralStreamsAndARoleForKinesis() {
    WriterConfig config =
        parse(
            SMALLEST.replace("source.stream = clicks", "source.streams = [clicks, views]")
                + "writer.source.role.arn = \"arn:aws:iam::123456789012:role/reader\"");

    assertThat(config.source().streams()).containsExactly("clicks", "views");
    assertThat(config.source().kinesis(config.landing().aws()).role().arn())
        .isEqualTo("arn:aws:iam::123456789012:role/reader");
    assertThat(config.landing().aws().role()).isNull();
  }

  @Test
  void wantsExactlyOneOfStreamAndStreams() {
    assertThatThrownBy(() -> parse(SMALLEST + "writer.source.streams = [views]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("writer.source.streams = [views]: give stream or streams, not both");
    assertThatThrownBy(() -> parse(SMALLEST.replace("source.stream = clicks", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("writer.source.stream is missing");
    assertThatThrownBy(
            () -> parse(SMALLEST.replace("source.stream = clicks", "source.streams = [a, b, a]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("writer.source: streams names one twice: [a, b, a]");
  }

  @Test
  void readsReceiversAndNoReadingAhead() {
    WriterConfig config =
        parse(
            SMALLEST
                + "writer.source { type = receiver, receiver.receivers = 3, prefetch.max-bytes = 0 }");

    assertThat(config.source().type()).isEqualTo(SourceConfig.Type.RECEIVER);
    assertThat(config.source().receiver().receivers()).isEqualTo(3);
    assertThat(config.source().direct().prefetchBytes()).isZero();
  }

  @Test
  void readsTheExample() throws IOException {
    String example =
        Files.readString(
                SettingsReference.folder("writer").resolve("../docker/earthquakes/writer.conf"))
            .replace("${?SLUICE_INTERVAL}", "2s")
            .replace("${SLUICE_BATCH_FOLDER}", "\"s3://bucket/quakes\"")
            .replaceAll("\\$\\{SLUICE_[A-Z0-9]+_(ENDPOINT|URL)}", "\"http://127.0.0.1:1\"")
            .replaceAll("\\$\\{[A-Z_]+}", "quakes");

    WriterConfig config = parse(example);

    TableLayout table = config.mapping().layouts().get(0);
    assertThat(table.name()).isEqualTo(TableName.parse("earthquakes"));
    assertThat(table.columns()).hasSize(31);
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void isDescribedSettingBySetting() throws IOException {
    Set<String> known =
        ConfigFile.names(
            "writer { tables = [{ columns = [{}] }], routing {}, mapper {}, aws.role {}, aws.s3.role {}, source.role {} }",
            "writer",
            WriterConfig::read);

    assertThat(SettingsReference.described("writer", "writer")).isEqualTo(known);
  }

  private static WriterConfig parse(String text) {
    return ConfigFile.parse(text, "test.conf", "writer", WriterConfig::read);
  }
}
