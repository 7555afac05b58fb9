package io.sluice.stack.redshift.copy.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.CsvReader;
import io.sluice.stack.redshift.copy.grammar.CopyParser;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.sql.Lexer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type and every conversion option: a field of CSV to what PostgreSQL's COPY gets. */
class RowConverterTest {
  private static final String NULL = "\\N";
  private static final String BAD_DATE = "Invalid Date Format - length must be 10 or more";
  private static final String BAD_TIME = "Invalid timestamp format or value ";

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("smallint", "", "32767", "32767"),
        arguments("smallint", "", "-32768", "-32768"),
        arguments("integer", "", "+007", "007"),
        arguments("integer", "", "-2147483648", "-2147483648"),
        arguments("bigint", "", "9223372036854775807", "9223372036854775807"),
        arguments("bigint", "", "-9223372036854775808", "-9223372036854775808"),
        arguments("integer", "", "", NULL),
        arguments("integer", "", "   ", NULL),
        arguments("integer", "null as '-'", "-", NULL),
        arguments("numeric(5,2)", "", "123.45", "123.45"),
        arguments("numeric(5,2)", "", "1.239", "1.23"),
        arguments("numeric(5,2)", "", "-1.239", "-1.23"),
        arguments("numeric(5,2)", "roundec", "1.235", "1.24"),
        arguments("numeric(5,2)", "", "000999.999", "999.99"),
        arguments("numeric(2,2)", "", ".5", ".5"),
        arguments("numeric(38,0)", "", "9".repeat(38), "9".repeat(38)),
        arguments("real", "", "1.5e3", "1.5e3"),
        arguments("real", "", "1e-60", "0"),
        arguments("double precision", "", "-.5", "-.5"),
        arguments("double precision", "", "1e308", "1e308"),
        arguments("double precision", "", "NaN", "NaN"),
        arguments("double precision", "", "-Infinity", "-Infinity"),
        arguments("boolean", "", "TRUE", "t"),
        arguments("boolean", "", "y", "t"),
        arguments("boolean", "", "0", "f"),
        arguments("boolean", "", "no", "f"),
        arguments("character varying(4)", "", "éé", "éé"),
        arguments("character varying(4)", "", "", ""),
        arguments("character varying(4)", "", "\"\"", ""),
        arguments("character varying(4)", "emptyasnull", "", NULL),
        arguments("character varying(4)", "", "  ", "  "),
        arguments("character varying(4)", "blanksasnull", "  ", NULL),
        arguments("character varying(4)", "blanksasnull", "", ""),
        arguments("character varying(4)", "", "\\N", NULL),
        arguments("character varying(4)", "", "\"\\N\"", "\\\\N"),
        arguments("character varying(4)", "null as 'x'", "x", NULL),
        arguments("character varying(4)", "null as 'x'", "\\N", "\\\\N"),
        arguments("character varying(9)", "", "\"a\tb\nc\"", "a\\tb\\nc"),
        arguments("character varying(4)", "truncatecolumns", "abcdef", "abcd"),
        arguments("character varying(4)", "truncatecolumns", "abcé", "abc"),
        arguments("character varying(4)", "truncatecolumns", "a日本", "a日"),
        arguments("character(3)", "", "ab", "ab"),
        arguments("character(3)", "", "abc   ", "abc"),
        arguments("character(3)", "truncatecolumns", "abcd", "abc"),
        arguments("date", "", "2024-02-29", "2024-02-29"),
        arguments("date", "dateformat 'DD.MM.YY'", "31.12.69", "2069-12-31"),
        arguments("date", "dateformat 'DD.MM.YY'", "31.12.70", "1970-12-31"),
        arguments("date", "dateformat 'auto'", "12/31/2024", "2024-12-31"),
        arguments("date", "dateformat 'auto'", "20241231", "2024-12-31"),
        arguments("date", "dateformat 'auto'", "31-Dec-2024", "2024-12-31"),
        arguments("timestamp without time zone", "", "2024-01-02 03:04:05", "2024-01-02 03:04:05"),
        arguments(
            "timestamp without time zone",
            "",
            "2024-01-02 03:04:05.1234567",
            "2024-01-02 03:04:05.123456"),
        arguments(
            "timestamp without time zone",
            "timeformat 'auto'",
            "2024-01-02T03:04:05Z",
            "2024-01-02 03:04:05"),
        arguments(
            "timestamp without time zone",
            "timeformat 'auto'",
            "\"Jan 2, 2024 3:04 PM\"",
            "2024-01-02 15:04:00"),
        arguments(
            "timestamp without time zone",
            "timeformat 'YYYY-MM-DD HH:MI:SS.US'",
            "2024-01-02 03:04:05.5",
            "2024-01-02 03:04:05.500000"),
        arguments(
            "timestamp without time zone",
            "timeformat 'YYYYMMDDHHMISSMS'",
            "20240102030405678",
            "2024-01-02 03:04:05.678000"),
        arguments(
            "timestamp without time zone",
            "timeformat 'MM/DD/YYYY HH12:MI AM'",
            "01/02/2024 12:30 am",
            "2024-01-02 00:30:00"),
        arguments(
            "timestamp without time zone",
            "timeformat 'epochsecs'",
            "1700000000",
            "2023-11-14 22:13:20.000"),
        arguments(
            "timestamp without time zone",
            "timeformat 'epochmillisecs'",
            "-1",
            "1969-12-31 23:59:59.999"),
        arguments(
            "timestamp with time zone", "", "2024-01-02 03:04:05+02", "2024-01-02 03:04:05+02"),
        arguments(
            "timestamp with time zone", "timeformat 'epochsecs'", "0", "1970-01-01 00:00:00.000Z"),
        arguments("jsonb", "", "\"{\"\"a\"\":[1,null]}\"", "{\"a\":[1,null]}"),
        arguments("jsonb", "", "1", "1"),
        arguments("jsonb", "", "\"\"\"a\\nb\"\"\"", "\"a\\\\nb\""),
        arguments("jsonb", "", "", NULL),
        arguments("bytea", "", "00fF", "\\\\x00fF"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("values")
  void converts(String type, String options, String field, String expected) throws Exception {
    assertThat(convert(List.of(column(type)), options, field)).isEqualTo(expected + "\n");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("smallint", "32768", 1222, "Overflow (Short valid range -32768 to 32767)"),
        refusal(
            "integer",
            "2147483648",
            1222,
            "Overflow (Integer valid range -2147483648 to 2147483647)"),
        refusal(
            "bigint",
            "-9223372036854775809",
            1222,
            "Overflow (Long valid range -9223372036854775808 to 9223372036854775807)"),
        refusal("integer", "12x", 1207, "Invalid digit, Value 'x', Pos 2, Type: Integer"),
        refusal("integer", "1.5", 1207, "Invalid digit, Value '.', Pos 1, Type: Integer"),
        refusal("bigint", "-", 1207, "Invalid digit, Value '', Pos 1, Type: Long"),
        refusal("numeric(5,2)", "1000", 1209, "Overflow for NUMERIC(5,2)"),
        refusal("numeric(5,2)", "1e3", 1207, "Invalid digit, Value 'e', Pos 1, Type: Decimal"),
        refusal("numeric(5,2)", ".", 1207, "Invalid digit, Value '', Pos 1, Type: Decimal"),
        refusal("real", "1e39", 1208, "Overflow, Type: Float"),
        refusal("double precision", "1e309", 1208, "Overflow, Type: Double"),
        refusal("real", "1e", 1208, "Invalid digit, Value 'e', Pos 1, Type: Float"),
        refusal("boolean", "maybe", 1210, "Unknown boolean format"),
        refusal("character varying(4)", "abcde", 1204, "String length exceeds DDL length"),
        refusal("character varying(4)", "ééé", 1204, "String length exceeds DDL length"),
        refusal(
            "character varying(4)", "a\0b", 1218, "Invalid null byte - field longer than 1 byte"),
        refusal("character(3)", "abcd", 1204, "Char length exceeds DDL length"),
        refusal(
            "character(3)",
            "é",
            1220,
            "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char:"
                + " c3 a9"),
        refusal("date", "2023-02-29", 1205, "Invalid Date Format - [YYYY-MM-DD]"),
        refusal("date", "24-1-1", 1205, BAD_DATE),
        refusal(
            "timestamp without time zone",
            "2024-01-02 24:00:00",
            1206,
            BAD_TIME + "[YYYY-MM-DD HH24:MI:SS]"),
        refusal(
            "timestamp with time zone",
            "2024-01-02 03:04:05+16",
            1206,
            BAD_TIME + "[YYYY-MM-DD HH24:MI:SSOF]"),
        refusal("jsonb", "{", 1224, "Invalid JSON format for SUPER"),
        refusal("jsonb", "1 2", 1224, "Invalid JSON format for SUPER"),
        refusal("jsonb", "\"\"\"\\u0000\"\"\"", 1224, "Invalid JSON format for SUPER"),
        refusal("jsonb", "\"\"\"\\ud800\"\"\"", 1224, "Invalid JSON format for SUPER"),
        refusal("bytea", "abc", 1219, "Invalid hexadecimal value for VARBYTE"),
        refusal("bytea", "zz", 1219, "Invalid hexadecimal value for VARBYTE"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void refuses(String type, String field, int code, String reason) {
    assertRefused(() -> convert(List.of(column(type)), "", field), code, reason);
  }

  static Stream<Arguments> epochRefusals() {
    return Stream.of(
        arguments("epochsecs", "253402300800"),
        arguments("epochsecs", "-62135596801"),
        arguments("epochsecs", "1700000000x"),
        arguments("epochmillisecs", "-"),
        arguments("epochmillisecs", "9999999999999999"));
  }

  @ParameterizedTest
  @MethodSource("epochRefusals")
  void refusesAnEpochTimeOutsideTheCalendar(String format, String field) {
    assertRefused(
        () ->
            convert(
                List.of(column("timestamp without time zone")),
                "timeformat '" + format + "'",
                field),
        1206,
        BAD_TIME + "[" + format + "]");
  }

  static Stream<Arguments> brokenCharacters() {
    return Stream.of(
        arguments(new byte[] {'a', (byte) 0xC3}, "c3", 2, "a?"),
        arguments(new byte[] {(byte) 0xFF, 'b'}, "ff", 3, "?b"),
        arguments(new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80}, "e0 80 80", 4, "???"),
        arguments(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, "ed a0 80", 4, "???"),
        arguments(new byte[] {(byte) 0xE2, 'x', 'y'}, "e2", 4, "?xy"));
  }

  @ParameterizedTest
  @MethodSource("brokenCharacters")
  void refusesOrReplacesBrokenCharacters(byte[] field, String hex, int error, String replaced)
      throws Exception {
    List<TargetColumn> columns = List.of(column("character varying(9)"));

    assertRefused(
        () -> convert(columns, "", field.clone()),
        1220,
        "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: %s (error %d)"
            .formatted(hex, error));
    assertThat(convert(columns, "acceptinvchars", field.clone())).isEqualTo(replaced + "\n");
  }

  @Test
  void fillsMissingFieldsOnlyWithFillRecord() throws Exception {
    List<TargetColumn> columns =
        List.of(column("integer"), column("character varying(4)"), column("integer"));

    assertRefused(() -> convert(columns, "", "1"), 1214, "Delimiter not found");
    assertThat(convert(columns, "fillrecord", "1")).isEqualTo("1\t\t\\N\n");
  }

  @Test
  void refusesExtraFieldsAndNullsWhereThereMustBeNone() {
    TargetColumn notNull = new TargetColumn("c", ColumnType.parse("integer"), true, false);

    assertRefused(
        () -> convert(List.of(column("integer")), "", "1,2"), 1202, "Extra column(s) found");
    assertRefused(
        () -> convert(List.of(notNull), "", "\\N"), 1213, "Missing data for not-null field");
  }

  @Test
  void takesARefusedRowBackAndTellsItsColumn() throws Exception {
    List<TargetColumn> columns = List.of(column("integer"), column("integer"));
    RowConverter converter = converter(columns, "");
    CsvReader reader = reader("1,2\n3,x\n5,6\n".getBytes(StandardCharsets.UTF_8));
    CopyText out = new CopyText();
    List<Integer> refused = new ArrayList<>();

    while (reader.next()) {
      try {
        converter.convert(reader.row(), out);
      } catch (LoadRefusal e) {
        refused.add(converter.column());
      }
    }

    assertThat(text(out)).isEqualTo("1\t2\n5\t6\n");
    assertThat(refused).containsExactly(1);
  }

  private interface Conversion {
    String run() throws Exception;
  }

  private static void assertRefused(Conversion conversion, int code, String reason) {
    assertThatThrownBy(conversion::run)
        .isInstanceOf(LoadRefusal.class)
        .hasMessage(reason)
        .satisfies(e -> assertThat(((LoadRefusal) e).code()).isEqualTo(code));
  }

  private static Arguments refusal(String type, String field, int code, String reason) {
    return arguments(type, field, code, reason);
  }

  private static TargetColumn column(String type) {
    return new TargetColumn("c", ColumnType.parse(type), false, false);
  }

  private static String convert(List<TargetColumn> columns, String options, String line)
      throws Exception {
    return convert(columns, options, line.getBytes(StandardCharsets.UTF_8));
  }

  private static String convert(List<TargetColumn> columns, String options, byte[] line)
      throws Exception {
    byte[] closed = Arrays.copyOf(line, line.length + 1);
    closed[line.length] = '\n';
    CsvReader reader = reader(closed);
    assertThat(reader.next()).isTrue();
    CopyText out = new CopyText();
    converter(columns, options).convert(reader.row(), out);
    return text(out);
  }

  private static CsvReader reader(byte[] text) {
    return new CsvReader(new ByteArrayInputStream(text), ',', '"');
  }

  private static RowConverter converter(List<TargetColumn> columns, String options) {
    return new RowConverter(
        columns,
        CopyParser.parse(Lexer.tokens("copy t from 's3://b/k' iam_role default csv " + options))
            .options());
  }

  private static String text(CopyText out) {
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
