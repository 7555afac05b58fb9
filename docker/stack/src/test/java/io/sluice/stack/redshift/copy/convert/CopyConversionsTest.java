package io.sluice.stack.redshift.copy.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.InMemoryObjects;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.format.RowFormats;
import io.sluice.stack.redshift.copy.format.RowReader;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyParser;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.sql.Lexer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * "Data conversion parameters" of the guide, option by option: what one line of a file becomes,
 * fields parted by a bar, NULL as {@code \N}, or the code of its refusal.
 */
class CopyConversionsTest {
  private static final String VARCHAR = "character varying(9)";
  private static final String TIMESTAMP = "timestamp without time zone";

  static Stream<Arguments> lines() {
    return Stream.of(
        // ACCEPTANYDATE: what does not match DATEFORMAT is NULL
        line(
            "date,integer",
            "csv acceptanydate dateformat 'YYYY-MM-DD'",
            "00/00/00 00:00:00,1",
            "\\N|1"),
        line("date", "csv acceptanydate dateformat 'YYYY-MM-DD'", "2024-02-29", "2024-02-29"),
        line(TIMESTAMP, "csv acceptanydate timeformat 'auto'", "soon", "\\N"),
        line("integer", "csv acceptanydate", "x", "1207"),
        line("date", "csv", "00/00/0000", "1205"),
        line("date not null", "csv acceptanydate", "00/00/0000", "1213"),
        // ACCEPTINVCHARS: VARCHAR only, equal length, noncharacters only then
        line(VARCHAR, "csv acceptinvchars as '^'", "a\uFDD0b", "a^^^b"),
        line(VARCHAR, "csv acceptinvchars", "\uFFFF", "???"),
        line("character varying(3)", "csv", "\uFFFE", "\uFFFE"),
        line("character(9)", "csv acceptinvchars", "é", "1220"),
        // BLANKSASNULL
        line(VARCHAR, "csv blanksasnull", " \t ", "\\N"),
        line("character(9)", "csv blanksasnull", "   ", "\\N"),
        line("character varying(3)", "csv", "   ", "   "),
        line("integer,date", "csv", " ,  ", "\\N|\\N"),
        // EMPTYASNULL, the same as NULL AS ''
        line(VARCHAR + ",integer", "csv emptyasnull", ",", "\\N|\\N"),
        line(VARCHAR + ",integer", "csv null as ''", ",", "\\N|\\N"),
        line(VARCHAR + ",integer", "csv", ",", "|\\N"),
        // FILLRECORD
        line(
            "integer,character varying(9),character(4),integer",
            "csv fillrecord",
            "1",
            "1||\\N|\\N"),
        line("integer,character varying(9)", "csv fillrecord emptyasnull", "1", "1|\\N"),
        line("integer,integer not null", "csv fillrecord", "1", "1213"),
        line("integer,integer", "csv", "1", "1214"),
        // DATEFORMAT: times are ignored
        line("date", "csv dateformat 'MON-DD-YYYY'", "Jan-01-1999", "1999-01-01"),
        line("date", "csv dateformat 'YYYY-MM-DD HH:MI:SS'", "1999-01-02 03:04:05", "1999-01-02"),
        line("date", "csv dateformat 'auto'", "1999-01-02 03:04:05", "1999-01-02"),
        line("date", "csv dateformat 'AUTO'", "1999-01-02", "1205"),
        // TIMEFORMAT
        line(TIMESTAMP, "csv timeformat 'auto'", "1999-01-02", "1999-01-02 00:00:00"),
        line(TIMESTAMP, "csv timeformat 'auto'", "19960108 040809", "1996-01-08 04:08:09"),
        line(TIMESTAMP, "csv timeformat 'auto'", "960108 040809", "1996-01-08 04:08:09"),
        line(TIMESTAMP, "csv timeformat 'EPOCHSECS'", "0", "1206"),
        // NULL AS
        line("integer,character varying(9)", "csv null as 'NULL'", "NULL,NULL", "\\N|\\N"),
        line("integer,character varying(9)", "csv null as 'NULL'", "1,null", "1|null"),
        line(VARCHAR + ",integer", "null as '\\0'", "\0|\0", "\\N|\\N"),
        line(VARCHAR, "null as '\\0'", "a\0", "1218"),
        line("integer not null", "csv", "\\N", "1213"),
        // REMOVEQUOTES and ESCAPE
        line(VARCHAR + ",integer", "removequotes", "\"a|b\"|\"1\"", "a|b|1"),
        line(VARCHAR, "removequotes null as 'x'", "'x'", "x"),
        line(VARCHAR, "escape removequotes", "'it\\'s'", "it's"),
        // ROUNDEC
        line("numeric(8,2)", "csv", "20.259", "20.25"),
        line("numeric(8,2)", "csv roundec", "20.259", "20.26"),
        line("numeric(3,1)", "csv roundec", "99.95", "1209"),
        // TRIMBLANKS: the end of a VARCHAR
        line("character varying(3)", "csv trimblanks", " ab   ", " ab"),
        line("character varying(3)", "csv", " ab   ", "1204"),
        // TRUNCATECOLUMNS
        line("character varying(3),character(2)", "csv truncatecolumns", "abcd,abc", "abc|ab"),
        line("integer", "csv truncatecolumns", "99999999999", "1222"),
        // The length of VARBYTE
        line("bytea(2)", "csv", "0aFF", "\\\\x0aFF"),
        line("bytea(2)", "csv", "0aFF00", "1204"),
        // Lines may end with a delimiter, and with no other column
        line("integer,integer", "delimiter ';'", "1;2;", "1|2"),
        line("integer,integer", "delimiter ';'", "1;2;3", "1202"),
        line("integer,integer", "delimiter ';'", "1;2;;", "1202"),
        line("integer,integer", "csv", "1,2,", "1202"),
        // JSON has neither NULL AS nor blanks
        line("integer,character varying(9)", "json 'auto'", "{\"c0\": \"\", \"c1\": \"\"}", "\\N|"),
        line(VARCHAR, "json 'auto' emptyasnull", "{\"c0\": \"\"}", "\\N"),
        line(VARCHAR, "json 'auto'", "{\"c0\": \"\\\\N\"}", "\\\\N"),
        line("integer not null", "json 'auto'", "{}", "1213"),
        line(VARCHAR, "json 'auto'", "{\"c0\": \"\\ud800\"}", "1220"),
        line(VARCHAR, "json 'auto' acceptinvchars", "{\"c0\": \"\\ud800\"}", "???"),
        line("integer", "json 'auto'", "{\"c0\": true}", "1207"));
  }

  @ParameterizedTest(name = "{1}: {2} as {0}")
  @MethodSource("lines")
  void converts(String types, String options, String line, String expected) throws Exception {
    List<TargetColumn> columns = columns(types);
    CopyOptions parsed = options(options);
    RowReader reader =
        RowFormats.of(parsed, columns, new InMemoryObjects())
            .open(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(reader.next()).isTrue();

    assertThat(converted(columns, parsed, reader.row())).isEqualTo(expected);
  }

  @Test
  void takesTypedValuesAsTheyAre() {
    List<TargetColumn> columns =
        columns("integer,character varying(9),bytea(9),character varying(9)");
    Row row = new Row();
    row.fillWithNull(4);
    byte[] bytes = "1\\N  ".getBytes(StandardCharsets.UTF_8);
    row.put(1, Form.VALUE, bytes, 1, 3);
    row.put(0, Form.VALUE, bytes, 0, 1);
    row.put(2, Form.BINARY, bytes, 0, 3);

    assertThat(converted(columns, options("csv emptyasnull"), row))
        .isEqualTo("1|\\\\N|\\\\x315c4e|\\N");
    row.put(3, Form.VALUE, bytes, 0, 0);
    assertThat(converted(columns, options("csv emptyasnull"), row)).endsWith("|");
  }

  @Test
  void refusesBytesForWhatIsNoText() {
    List<TargetColumn> columns = columns("integer");
    Row row = new Row();
    row.append(Form.BINARY, "1");

    assertThatThrownBy(() -> new RowConverter(columns, options("csv")).convert(row, new CopyText()))
        .isInstanceOf(LoadRefusal.class)
        .hasMessage("Binary data cannot be loaded into a column of this type");
  }

  private static String converted(List<TargetColumn> columns, CopyOptions options, Row row) {
    CopyText out = new CopyText();
    try {
      new RowConverter(columns, options).convert(row, out);
    } catch (LoadRefusal e) {
      assertThat(out.length()).isZero();
      return Integer.toString(e.code());
    }
    return new String(out.bytes(), 0, out.length() - 1, StandardCharsets.UTF_8).replace('\t', '|');
  }

  private static CopyOptions options(String options) {
    return CopyParser.parse(Lexer.tokens("copy t from 's3://b/k' iam_role default " + options))
        .options();
  }

  /** Columns c0, c1 ... of these types; a comma in parentheses parts no types. */
  private static List<TargetColumn> columns(String types) {
    String[] each = types.split(",(?![^(]*\\))", -1);
    return Stream.iterate(0, i -> i < each.length, i -> i + 1)
        .map(
            i ->
                new TargetColumn(
                    "c" + i,
                    ColumnType.parse(each[i].replace(" not null", "")),
                    each[i].endsWith(" not null"),
                    false))
        .toList();
  }

  private static Arguments line(String types, String options, String line, String expected) {
    return arguments(types, options, line, expected);
  }
}
