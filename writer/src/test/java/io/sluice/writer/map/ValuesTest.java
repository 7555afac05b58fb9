package io.sluice.writer.map;

import static io.sluice.writer.map.Records.mapping;
import static io.sluice.writer.map.Records.record;
import static io.sluice.writer.map.Records.rows;
import static io.sluice.writer.map.Records.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.value.BinaryForm;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.Metadata;
import io.sluice.writer.map.value.TimeForm;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "smallint | -32768 | int -32768",
        "integer | 12 | int 12",
        "integer | 12.0 | int 12",
        "integer | 1e3 | int 1000",
        "integer | -0 | int 0",
        "integer | 0e999999999 | int 0",
        "bigint | 9223372036854775807 | int 9223372036854775807",
        "bigint | -9223372036854775808 | int -9223372036854775808",
        "bigint | \"42\" | int 42",
        "bigint | \" +42 \" | int 42",
        "decimal(4,2) | 12.5 | dec 12.5",
        "decimal(4,2) | 12.500 | dec 12.50",
        "decimal(4,2) | -99.99 | dec -99.99",
        "decimal(4,2) | -0.0 | dec 0.0",
        "decimal(2,2) | 0.99 | dec 0.99",
        "decimal(4,0) | 12e2 | dec 1200",
        "decimal(4,2) | \".5\" | dec 0.5",
        "decimal(38,0) | 99999999999999999999999999999999999999 | dec 99999999999999999999999999999999999999",
        "real | 0.31 | float 0.31",
        "real | 0.0 | float 0.0",
        "double precision | -122.197 | float -122.197",
        "double precision | 1e-7 | float 1e-7",
        "double precision | \"1.50\" | float 1.50",
        "boolean | true | bool true",
        "boolean | 0 | bool false",
        "boolean | \"Yes\" | bool true",
        "varchar(64) | \"37km NNE of Amboy\" | '37km NNE of Amboy'",
        "varchar(64) | \"say \\\"hi\\\"\" | 'say \"hi\"'",
        "varchar(64) | \"\" | ''",
        "varchar(64) | \" padded \" | ' padded '",
        "varchar(64) | 12.50 | '12.50'",
        "varchar(64) | 1e3 | '1e3'",
        "varchar(64) | 1e309 | '1e309'",
        "varchar(64) | true | 'true'",
        "varchar(4) | \"\\u00e9\\u00e9\" | 'éé'",
        "varchar(4) | \"éé\" | 'éé'",
        "varchar(4) | \"\\ud83d\\ude00\" | '😀'",
        "varchar(9) | \"a\\/b\\tc\" | 'a/b\tc'",
        "char(3) | \"abc\" | 'abc'",
        "super | {\"a\":[1,null]} | super {\"a\":[1,null]}",
        "super | {\"a\": 100.0} | super {\"a\": 100.0}",
        "super | \"text\\n\" | super \"text\\n\"",
        "super | 12345678901234567890.10 | super 12345678901234567890.10",
        "super | false | super false",
        "date | \"2018-01-31\" | date 2018-01-31",
        "date | \"2018-01-31T23:30:00-02:00\" | date 2018-02-01",
        "date | \"0001-01-01\" | date 0001-01-01",
        "date | \"9999-12-31\" | date 9999-12-31",
        "date | \"2000-02-29\" | date 2000-02-29",
        "timestamp | \"2018-01-31T01:49:59.650Z\" | ts 2018-01-31T01:49:59.650",
        "timestamp | \"2018-01-31 01:49:59\" | ts 2018-01-31T01:49:59",
        "timestamp | \"2018-01-31T01:49\" | ts 2018-01-31T01:49",
        "timestamp | \"1969-12-31T23:59:59.9999999\" | ts 1969-12-31T23:59:59.999999",
        "timestamptz | \"2018-01-31T01:49:59.123456+0200\" | tz 2018-01-30T23:49:59.123456",
        "timestamptz | \"2018-01-31T01:49:59+02\" | tz 2018-01-30T23:49:59",
        "varbyte(3) | \"00ffAB\" | x00ffab",
        "varbyte(3) | \"\" | x"
      })
  void takesWhatItsColumnHolds(String type, String json, String value) throws RejectException {
    assertThat(value(type, json)).isEqualTo(value.replace("\\t", "\t"));
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-s, 1517363399, tz 2018-01-31T01:49:59",
    "epoch-ms, 1517363399650, tz 2018-01-31T01:49:59.650",
    "epoch-us, 1517363399650123, tz 2018-01-31T01:49:59.650123",
    "epoch-s, 1517363399.65, tz 2018-01-31T01:49:59.650",
    "epoch-s, 1.5e9, tz 2017-07-14T02:40",
    "epoch-ms, -1, tz 1969-12-31T23:59:59.999",
    "epoch-us, -0.5, tz 1969-12-31T23:59:59.999999",
    "epoch-s, 253402300799, tz 9999-12-31T23:59:59"
  })
  void readsEpochTimes(String form, String json, String value) throws RejectException {
    TimeForm timeForm = TimeForm.valueOf(form.toUpperCase(Locale.ROOT).replace('-', '_'));

    assertThat(value(column("timestamptz").in(timeForm), json)).isEqualTo(value);
    assertThat(value(column("timestamptz").in(timeForm), '"' + json + '"')).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"HEX, c3a9", "BASE64, w6k=", "BASE64, w6k", "UTF_8, é"})
  void readsBytes(BinaryForm form, String text) throws RejectException {
    assertThat(value(column("varbyte(2)").in(form), '"' + text + '"')).isEqualTo("xc3a9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "smallint | 32768 | OUT_OF_RANGE | 32768 does not fit into smallint",
        "integer | 1.5 | WRONG_TYPE | 1.5 is not a whole number",
        "integer | \"x\" | WRONG_TYPE | \"x\" is not a number for integer",
        "integer | \"٣\" | WRONG_TYPE | \"٣\" is not a number for integer",
        "integer | true | WRONG_TYPE | true is not a number for integer",
        "bigint | 9223372036854775808 | OUT_OF_RANGE | 9223372036854775808 does not fit into bigint",
        "bigint | 1e300 | OUT_OF_RANGE | 1e300 does not fit into bigint",
        "bigint | 1e999999999 | OUT_OF_RANGE | 1e999999999 does not fit into bigint",
        "bigint | 1e9999999999999 | OUT_OF_RANGE | 1e9999999999999 does not fit into bigint",
        "decimal(4,2) | 1.234 | OUT_OF_RANGE | 1.234 does not fit into decimal(4,2)",
        "decimal(4,2) | 100 | OUT_OF_RANGE | 100 does not fit into decimal(4,2)",
        "real | 1e39 | OUT_OF_RANGE | 1e39 does not fit into real",
        "real | 1e-50 | OUT_OF_RANGE | 1e-50 does not fit into real",
        "double precision | 1e-390 | OUT_OF_RANGE | 1e-390 does not fit into double precision",
        "double precision | 1e309 | OUT_OF_RANGE | 1e309 does not fit into double precision",
        "double precision | \"NaN\" | WRONG_TYPE | \"NaN\" is not a number for double precision",
        "super | {\"a\":[1e309]} | OUT_OF_RANGE | a number beyond 1.8e308 does not fit into super",
        "super | {\"\\u0000\":1} | NOT_LOADABLE | the text has a NUL character",
        "super | [\"\\udc00\"] | NOT_LOADABLE | the text has half a surrogate pair",
        "boolean | \"maybe\" | WRONG_TYPE | \"maybe\" is not a boolean",
        "boolean | {} | WRONG_TYPE | {} is not a boolean",
        "varchar(3) | \"\\u00e9\\u00e9\" | TOO_LONG | 4 bytes do not fit into varchar(3)",
        "varchar(9) | {} | WRONG_TYPE | {} is not a text for varchar(9)",
        "varchar(9) | \"a\\u0000b\" | NOT_LOADABLE | the text has a NUL character",
        "varchar(9) | \"\\ud800\" | NOT_LOADABLE | the text has half a surrogate pair",
        "varchar(9) | \"\\ud800\\u0041\" | NOT_LOADABLE | the text has half a surrogate pair",
        "varchar(9) | \"\\\\N\" | NOT_LOADABLE | the text \\N would be read as NULL",
        "char(3) | \"é\" | NOT_LOADABLE | char(3) takes single-byte characters only",
        "timestamp | \"yesterday\" | WRONG_TYPE | \"yesterday\" is not a time in the form iso for timestamp",
        "timestamp | \"2018-02-30\" | WRONG_TYPE | \"2018-02-30\" is not a time in the form iso for timestamp",
        "timestamp | \"2018-01-31T24:00:00\" | WRONG_TYPE | \"2018-01-31T24:00:00\" is not a time in the form iso for timestamp",
        "timestamp | \"0000-01-31\" | OUT_OF_RANGE | \"0000-01-31\" is not in the years 1 to 9999",
        "timestamp | \"+999999999-01-01\" | OUT_OF_RANGE | \"+999999999-01-01\" is not in the years 1 to 9999",
        "timestamp | 5 | WRONG_TYPE | 5 is not a time in the form iso for timestamp",
        "varbyte(2) | \"abc\" | WRONG_TYPE | \"abc\" is not hexadecimal for varbyte(2)",
        "varbyte(2) | \"xy\" | WRONG_TYPE | \"xy\" is not hexadecimal for varbyte(2)",
        "varbyte(2) | \"abcdef\" | TOO_LONG | 3 bytes do not fit into varbyte(2)",
        "varbyte(2) | 12 | WRONG_TYPE | 12 is not a text for varbyte(2)"
      })
  void refusesWhatItsColumnCannotHold(
      String type, String json, RejectReason reason, String detail) {
    assertThatThrownBy(() -> value(type, json))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e).hasMessage(detail);
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.column()).isEqualTo("c");
              assertThat(e.pointer()).isEqualTo("/v");
              assertThat(e.value()).isEqualTo(json);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-s, 253402300800, OUT_OF_RANGE",
    "epoch-us, 1e30, OUT_OF_RANGE",
    "epoch-ms, 1e999999999, OUT_OF_RANGE",
    "epoch-ms, true, WRONG_TYPE"
  })
  void refusesTimesOutOfRange(String form, String json, RejectReason reason) {
    TimeForm timeForm = TimeForm.valueOf(form.toUpperCase(Locale.ROOT).replace('-', '_'));

    assertThatThrownBy(() -> value(column("timestamp").in(timeForm), json))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void refusesNumbersOfMoreDigitsThanAnybodyCounts() {
    String digits = "9".repeat(1_000_000);

    assertThatThrownBy(() -> value("decimal(38,0)", digits))
        .hasMessage("a number of 1000000 characters does not fit into decimal(38,0)");
    assertThatThrownBy(() -> value("super", digits))
        .hasMessage("a number beyond 1.8e308 does not fit into super");
    assertThatThrownBy(() -> value("bigint", digits))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.value()).hasSize(67).endsWith("..."));
  }

  @Test
  void aDocumentForSuperIsOneLine() throws RejectException {
    assertThat(value("super", "{ \"a\" :\r\n [ 1 ,\t\" x\\\" \\n\" ] }"))
        .isEqualTo("super {\"a\":[1,\" x\\\" \\n\"]}");
  }

  @Test
  void aDefaultStandsInForWhatIsMissingOrNull() throws RejectException {
    ColumnMapping column = column("timestamp").orElse("2018-01-31T00:00:00Z");

    assertThat(value(column, "null")).isEqualTo("ts 2018-01-31T00:00");
    assertThat(rows(mapping(table("t", column)), record("{}")))
        .containsExactly("public.t: ts 2018-01-31T00:00");
    assertThat(value(column, "\"2018-02-01\"")).isEqualTo("ts 2018-02-01T00:00");
  }

  @Test
  void aMissingValueIsNullUnlessItIsRequired() throws RejectException {
    ColumnMapping needed = column("integer").needed();

    assertThat(rows(mapping(table("t", column("integer"))), record("{}")))
        .containsExactly("public.t: NULL");
    assertThatThrownBy(() -> value(needed, "null"))
        .hasMessage("a required value is missing")
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.MISSING));
  }

  @Test
  void metadataTellsTheRecordsWay() throws RejectException {
    TableMapping table =
        table(
            "t",
            metadata("arrived", "timestamptz", Metadata.ARRIVAL_TIME),
            metadata("day", "date", Metadata.ARRIVAL_TIME),
            metadata("k", "varchar(9)", Metadata.PARTITION_KEY),
            metadata("stream", "varchar(128)", Metadata.STREAM),
            metadata("shard", "varchar(128)", Metadata.SHARD),
            metadata("seq", "varchar(56)", Metadata.SEQUENCE_NUMBER),
            metadata("sub", "integer", Metadata.SUB_SEQUENCE_NUMBER),
            metadata("batch", "timestamp", Metadata.BATCH_INTERVAL),
            metadata("manifest", "bigint", Metadata.MANIFEST_NUMBER));

    List<String> rows = rows(mapping(table), record("{}"));

    assertThat(rows)
        .containsExactly(
            "public.t: tz 2026-11-22T05:12:30.123456 | date 2026-11-22 | 'key' | 'clicks' | 'shardId-000000000001' |"
                + " '49590338271490256608559692538361571095921575989136588898' | int 3 | ts 2026-11-22T05:12:30 | int 42");
  }

  private static ColumnMapping metadata(String name, String type, Metadata metadata) {
    return ColumnMapping.of(name, ColumnType.parse(type), metadata);
  }

  private static ColumnMapping column(String type) {
    return ColumnMapping.at("/v", "c", ColumnType.parse(type));
  }

  private static String value(String type, String json) throws RejectException {
    return value(column(type), json);
  }

  private static String value(ColumnMapping column, String json) throws RejectException {
    return rows(mapping(table("t", column)), record("{\"v\":" + json + "}"))
        .get(0)
        .substring("public.t: ".length());
  }
}
