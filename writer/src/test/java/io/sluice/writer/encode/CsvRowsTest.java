package io.sluice.writer.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "smallint | -32768 | -32768",
        "integer | 12 | 12",
        "integer | 12.0 | 12",
        "integer | 1e3 | 1000",
        "bigint | 9223372036854775807 | 9223372036854775807",
        "bigint | \"42\" | 42",
        "decimal(4,2) | 12.5 | 12.50",
        "decimal(4,2) | -99.99 | -99.99",
        "decimal(38,0) | 99999999999999999999999999999999999999 | 99999999999999999999999999999999999999",
        "real | 0.31 | 0.31",
        "double precision | -122.197 | -122.197",
        "double precision | 1e-7 | 1E-7",
        "boolean | true | true",
        "boolean | 0 | false",
        "boolean | \"Yes\" | true",
        "varchar(64) | \"37km NNE of Amboy\" | 37km NNE of Amboy",
        "varchar(64) | \"a,b\" | \"a,b\"",
        "varchar(64) | \"say \\\"hi\\\"\" | \"say \"\"hi\"\"\"",
        "varchar(64) | \"\" | \"\"",
        "varchar(64) | \" padded \" | \" padded \"",
        "varchar(64) | 12.50 | 12.50",
        "varchar(64) | 100.0 | 100.0",
        "varchar(64) | 1e3 | 1000",
        "varchar(64) | 0.00001 | 0.00001",
        "super | {\"a\":100.0} | \"{\"\"a\"\":100.0}\"",
        "real | 0.0 | 0.0",
        "varchar(64) | true | true",
        "varchar(4) | \"\\u00e9\\u00e9\" | éé",
        "char(3) | \"abc\" | abc",
        "super | {\"a\":[1,null]} | \"{\"\"a\"\":[1,null]}\"",
        "super | \"text\" | \"\"\"text\"\"\"",
        "date | \"2018-01-31\" | 2018-01-31",
        "date | \"2018-01-31T23:30:00-02:00\" | 2018-02-01",
        "timestamp | \"2018-01-31T01:49:59.650Z\" | 2018-01-31 01:49:59.65",
        "timestamp | \"2018-01-31 01:49:59\" | 2018-01-31 01:49:59",
        "timestamptz | \"2018-01-31T01:49:59.123456+0200\" | 2018-01-30 23:49:59.123456+00",
        "timestamptz | \"2018-01-31T01:49:59+02\" | 2018-01-30 23:49:59+00"
      })
  void encodesWhatItsColumnHolds(String type, String json, String field) throws RejectException {
    assertThat(encode(type, TimeForm.ISO, json)).isEqualTo(field + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-s, 1517363399, 2018-01-31 01:49:59+00",
    "epoch-ms, 1517363399650, 2018-01-31 01:49:59.65+00",
    "epoch-us, 1517363399650123, 2018-01-31 01:49:59.650123+00",
    "epoch-s, 1517363399.65, 2018-01-31 01:49:59.65+00",
    "epoch-ms, -1, 1969-12-31 23:59:59.999+00"
  })
  void readsEpochTimes(String form, String json, String field) throws RejectException {
    TimeForm timeForm = TimeForm.valueOf(form.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));

    assertThat(encode("timestamptz", timeForm, json)).isEqualTo(field + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "smallint | 32768 | OUT_OF_RANGE | 32768 does not fit into smallint",
        "integer | 1.5 | WRONG_TYPE | 1.5 is not a whole number",
        "integer | \"x\" | WRONG_TYPE | \"x\" is not a integer",
        "bigint | 9223372036854775808 | OUT_OF_RANGE | 9223372036854775808 does not fit into bigint",
        "bigint | 1e300 | OUT_OF_RANGE | 1E+300 does not fit into bigint",
        "decimal(4,2) | 1.234 | OUT_OF_RANGE | 1.234 does not fit into decimal(4,2)",
        "decimal(4,2) | 100 | OUT_OF_RANGE | 100 does not fit into decimal(4,2)",
        "real | 1e39 | OUT_OF_RANGE | 1E+39 does not fit into real",
        "real | 1e-50 | OUT_OF_RANGE | 1E-50 does not fit into real",
        "double precision | 1e-390 | OUT_OF_RANGE | 1E-390 does not fit into double precision",
        "double precision | 1e309 | OUT_OF_RANGE | a number beyond 1.8e308 does not fit into double precision",
        "varchar(9) | -1e999999999 | OUT_OF_RANGE | a number beyond 1.8e308 does not fit into varchar(9)",
        "super | {\"a\":[1e309]} | OUT_OF_RANGE | a number beyond 1.8e308 does not fit into super",
        "boolean | \"maybe\" | WRONG_TYPE | \"maybe\" is not a boolean",
        "varchar(3) | \"\\u00e9\\u00e9\" | TOO_LONG | 4 bytes do not fit into varchar(3)",
        "varchar(9) | {} | WRONG_TYPE | {} is not a varchar(9)",
        "varchar(9) | \"a\\u0000b\" | NOT_LOADABLE | the text has a NUL character",
        "varchar(9) | \"\\ud800\" | NOT_LOADABLE | the text has half a surrogate pair",
        "varchar(9) | \"\\\\N\" | NOT_LOADABLE | the text \\N would be read as NULL",
        "char(3) | \"é\" | NOT_LOADABLE | char(3) takes single-byte characters only",
        "timestamp | \"yesterday\" | WRONG_TYPE | \"yesterday\" is not a time in the form iso",
        "timestamp | \"2018-02-30\" | WRONG_TYPE | \"2018-02-30\" is not a time in the form iso",
        "timestamp | 5 | WRONG_TYPE | 5 is not a time in the form iso"
      })
  void refusesWhatItsColumnCannotHold(
      String type, String json, RejectReason reason, String detail) {
    assertThatThrownBy(() -> encode(type, TimeForm.ISO, json))
        .isInstanceOfSatisfying(
            RejectException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessage(detail);
              assertThat(e.column()).isEqualTo("c");
              assertThat(e.pointer()).isEqualTo("/v");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{", "~~", "{} {}", "[1,", "\u0001", "{\"v\":1}x"})
  void refusesWhatIsNotOneJsonDocument(String record) {
    CsvRows encoder = encoder(column("c", "integer", false));

    assertThatThrownBy(
            () -> encoder.append(record.getBytes(StandardCharsets.UTF_8), new StringBuilder()))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.NOT_JSON));
  }

  @Test
  void refusesDeepNestingInsteadOfOverflowing() {
    String deep = "[".repeat(100_000);

    assertThatThrownBy(() -> encode("super", TimeForm.ISO, deep))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.NOT_JSON));
  }

  @Test
  void aMissingValueIsNullUnlessItIsRequired() throws RejectException {
    CsvRows lenient = encoder(column("a", "integer", false), column("b", "varchar(9)", false));
    CsvRows strict = encoder(column("a", "integer", false), column("b", "varchar(9)", true));
    byte[] record = "{\"a\":null}".getBytes(StandardCharsets.UTF_8);
    StringBuilder rows = new StringBuilder("before\n");

    lenient.append(record, rows);

    assertThat(rows).hasToString("before\n\\N,\\N\n");
    assertThatThrownBy(() -> strict.append(record, rows))
        .isInstanceOfSatisfying(
            RejectException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.MISSING));
    assertThat(rows).as("a reject leaves no half row").hasToString("before\n\\N,\\N\n");
  }

  private static String encode(String type, TimeForm timeForm, String json) throws RejectException {
    CsvRows encoder = encoder(new ColumnMapping("c", ColumnType.parse(type), "/v", true, timeForm));
    StringBuilder rows = new StringBuilder();
    encoder.append(("{\"v\":" + json + "}").getBytes(StandardCharsets.UTF_8), rows);
    return rows.toString();
  }

  private static ColumnMapping column(String name, String type, boolean required) {
    return new ColumnMapping(name, ColumnType.parse(type), "/" + name, required, TimeForm.ISO);
  }

  private static CsvRows encoder(ColumnMapping... columns) {
    return new CsvRows(
        new TableMapping(TableName.parse("t"), List.of(columns)), FileFormat.csvZstd());
  }
}
