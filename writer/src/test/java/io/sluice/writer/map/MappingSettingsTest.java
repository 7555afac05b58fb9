package io.sluice.writer.map;

import static io.sluice.writer.map.Records.record;
import static io.sluice.writer.map.Records.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.SettingsReference;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.source.SourceRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingSettingsTest {
  @Test
  void aTableHasAFormatOfItsOwn() {
    Mapping<SourceRecord> mapping =
        read(
            """
            tables = [
              { name = a, columns = [ { name = id, type = bigint } ] }
              { name = b, format = delimited, delimiter = "\\t", null-as = "NULL", compression = gzip, compression-level = 6, columns = [ { name = id, type = bigint } ] }
              { name = c, format = json, compression = none, columns = [ { name = id, type = bigint } ] }
              { name = d, format = avro, columns = [ { name = id, type = bigint } ] }
              { name = e, format = parquet, compression = snappy, columns = [ { name = id, type = bigint } ] }
            ]
            routing { pointer = /t, tables { a = a, b = b, c = c, d = d, e = e } }
            """);

    assertThat(mapping.layouts())
        .extracting(TableLayout::format)
        .containsExactly(
            FileFormat.csvZstd(),
            new FileFormat(Format.DELIMITED, Compression.GZIP, "\t", "NULL"),
            new FileFormat(Format.JSON, Compression.NONE, null, null),
            new FileFormat(Format.AVRO, Compression.DEFLATE, null, null),
            new FileFormat(Format.PARQUET, Compression.SNAPPY, null, null));
    assertThat(mapping.layouts().get(1).compressionLevel()).isEqualTo(6);
  }

  @Test
  void recordsGoWhereTheirKindSays() throws RejectException {
    Mapping<SourceRecord> mapping =
        read(
            """
            tables = [
              { name = clicks, columns = [ { name = id, type = bigint } ] }
              { name = views, columns = [ { name = id, type = integer, required = true }, { name = type, type = "varchar(9)" } ] }
              { name = lines, plain = true, format = json }
            ]
            routing { pointer = /type, tables { click = public.clicks, view = views, "7" = lines }, unknown = lines }
            """);

    assertThat(rows(mapping, record("{\"id\":1,\"type\":\"click\"}")))
        .containsExactly("public.clicks: int 1");
    assertThat(rows(mapping, record("{\"type\":\"vi\\u0065w\",\"id\":2}")))
        .containsExactly("public.views: int 2 | 'view'");
    assertThat(rows(mapping, record("{\"type\":7}"))).containsExactly("public.lines: {\"type\":7}");
    assertThat(rows(mapping, record("{\"type\":\"other\"}")))
        .containsExactly("public.lines: {\"type\":\"other\"}");
    assertThatThrownBy(() -> rows(mapping, record("{\"type\":7,\"type\":7}")))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectReason.DUPLICATE_KEY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"type\":\"other\"} | no table is for the kind \"other\" at /type",
        "{\"type\":null} | the record has no kind at /type",
        "{\"type\":{}} | the record has no kind at /type",
        "{\"type\":\"\\ud800\"} | the record has no kind at /type",
        "{} | the record has no kind at /type"
      })
  void unknownKindsAreRejects(String record, String detail) {
    Mapping<SourceRecord> mapping =
        read(
            """
            tables = [ { name = clicks, columns = [ { name = id, type = bigint } ] } ]
            routing { pointer = /type, tables { click = clicks }, unknown = reject }
            """);

    assertThatThrownBy(() -> rows(mapping, record(record)))
        .hasMessage(detail)
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectReason.UNKNOWN_KIND));
  }

  @Test
  void metadataRoutesWithoutLookingIntoTheRecord() throws RejectException {
    Mapping<SourceRecord> mapping =
        read(
            """
            tables = [ { name = a, plain = true, columns = [ { name = x }, { name = y } ] }, { name = b, columns = [ { name = id, type = bigint } ] } ]
            routing { metadata = partition-key, tables { k = a }, unknown = b }
            """);

    assertThat(rows(mapping, record(ByteBuffer.wrap(new byte[] {'1', ',', '2'}), "k")))
        .containsExactly("public.a: 1,2");
    assertThat(rows(mapping, record("{\"id\":3}"))).containsExactly("public.b: int 3");
    assertThat(mapping.layouts().get(0).manifestColumns())
        .extracting(column -> column.name() + " " + column.type())
        .containsExactly("x varchar(65535)", "y varchar(65535)");
  }

  @Test
  void hundredsOfTablesAreOnePass() throws RejectException {
    String tables =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    "{ name = t%d, columns = [ { name = id, type = bigint }, { name = c%d, type = integer } ] }"
                        .formatted(i, i))
            .collect(Collectors.joining(","));
    String kinds =
        IntStream.range(0, 500)
            .mapToObj(i -> "k%d = t%d".formatted(i, i))
            .collect(Collectors.joining(","));
    Mapping<SourceRecord> mapping =
        read("tables = [" + tables + "], routing { pointer = /k, tables {" + kinds + "} }");
    RecordingSink sink = new RecordingSink();

    try (TaskMapper<SourceRecord> mapper = mapping.open(Records.INTERVAL)) {
      for (int i = 0; i < 500; i++) {
        mapper.map(
            record(
                "{\"id\":%d,\"c%d\":1,\"c0\":2,\"k\":\"k%d\"}"
                    .formatted(i, i, i)
                    .replace("\"c0\":1,", "")),
            sink);
        sink.keep(Records.ARRIVAL);
      }
    }

    assertThat(sink.rows())
        .hasSize(500)
        .contains("public.t0: int 0 | int 2", "public.t499: int 499 | int 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type = integer, constant = x | constant = x: \"x\" is not a number for integer",
        "type = \"varchar(2)\", default = abc | default = abc: 3 bytes do not fit into varchar(2)",
        "type = super, constant = \"{\" | constant = {: Unexpected close marker",
        "type = integer, constant = 1, pointer = /a | a column has one of pointer, constant and metadata, and only one",
        "type = integer, pointer = a | a JSON pointer begins with a /",
        "type = integer, pointer = \"/~2\" | in a JSON pointer ~ is written ~0",
        "type = integer, required = true, default = 1 | a value with a default is never missing",
        "type = integer, constant = 1, required = true | required and default are for values of the record",
        "type = \"decimal(38,0)\", metadata = sequence-number | sequence-number does not fit into decimal(38,0): use varchar(56) or longer",
        "type = \"varchar(55)\", metadata = sequence-number | sequence-number does not fit into varchar(55)",
        "type = bigint, metadata = arrival-time | arrival-time does not fit into bigint: use timestamp, timestamptz or date",
        "type = \"varchar(2)\", constant = \"\\\\N\" | the text \\N would be read as NULL",
        "type = \"varchar(2)\", metadata = colour | must be one of arrival-time, partition-key"
      })
  void refusesColumnsThatCannotBeFilled(String column, String problem) {
    assertThatThrownBy(
            () -> read("tables = [ { name = t, columns = [ { name = c, " + column + " } ] } ]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "format = avro, compression = zstd | with avro use one of none, deflate, snappy",
        "compression = snappy | with csv use one of none, gzip, zstd",
        "compression = none, compression-level = 3 | compression-level = 3: must be from 0 to 0",
        "delimiter = \"ab\" | must be one ASCII character",
        "delimiter = \"5\" | must be one ASCII character",
        "null-as = \"0\" | must be a text that no number",
        "null-as = \"dead\" | must be a text that no number",
        "format = json, delimiter = \",\" | is of the formats csv and delimited only",
        "plain = true, format = parquet | plain rows are text",
        "plain = true, format = json | plain JSON has its columns' names in each row"
      })
  void refusesFormatsThatCopyDoesNotRead(String format, String problem) {
    assertThatThrownBy(
            () ->
                read(
                    "tables = [ { name = t, "
                        + format
                        + ", columns = [ { name = c, type = integer } ] } ]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | 2 tables need routing or a mapper",
        "routing { tables { a = a } } | use one of pointer and metadata, and only one",
        "routing { pointer = /x, metadata = stream, tables { a = a } } | use one of pointer and metadata, and only one",
        "routing { metadata = shard, tables { a = a } } | metadata is one of stream and partition-key",
        "routing { pointer = /x, tables { a = nobody } } | routing names public.nobody, which is not among the tables",
        "routing { pointer = /x, tables { a = \"1\" } } | routing.tables.a = 1: '1' is not a table name",
        "routing { pointer = /x } | tables names no kind",
        "routing { pointer = /x, tables { a = a }, unknown = b } | has no JSON for the routing to read",
        "mapper { class = com.acme.Nobody } | class com.acme.Nobody is not on the class path: is its jar in spark-submit's --jars?",
        "mapper { class = java.lang.String } | class java.lang.String is no io.sluice.writer.map.RecordMapper",
        "mapper { class = io.sluice.writer.map.RecordMapper } | must be public, with a public constructor",
        "mapper { settings { a = b } } | mapper.class is missing",
        "mapper { class = x, routing = y } | mapper.routing is not a setting"
      })
  void refusesRoutingAndMappersThatCannotWork(String section, String problem) {
    String tables =
        "tables = [ { name = a, columns = [ { name = c, type = integer } ] }, { name = b, plain = true } ]\n";

    assertThatThrownBy(() -> read(tables + section))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void readsTheExamplesOfTheReference() throws IOException {
    String reference =
        Files.readString(SettingsReference.folder("writer").resolve("CONFIGURATION.md"));
    Matcher example = Pattern.compile("(?s)```hocon\n(.*?)```").matcher(reference);
    List<String> tables = new ArrayList<>();

    while (example.find()) {
      String text =
          example
              .group(1)
              .replace(
                  "com.acme.clicks.SplitOrders",
                  '"' + UserMappingTest.UpperCase.class.getName() + '"');
      read(text).layouts().forEach(layout -> tables.add(layout.name().toString()));
    }

    assertThat(tables)
        .contains(
            "public.clicks",
            "web.raw_events",
            "public.access_log",
            "public.orders",
            "public.order_lines");
  }

  private static Mapping<SourceRecord> read(String text) {
    return ConfigFile.parse("w {\n" + text + "\n}", "test.conf", "w", MappingSettings::read);
  }
}
