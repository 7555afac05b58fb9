package io.sluice.loader.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.time("last_load_at"),
          Column.duration("freshness"));

  @Test
  void alignsColumnsForPeople() {
    assertThat(write(OutputFormat.TABLE::rows))
        .isEqualTo(
            """
            TABLE             ROWS   BYTES  LAST LOAD AT          FRESHNESS
            public.orders  123,456  1.2 MB  2026-11-22T05:12:30Z      2m 5s
            public.a, "b"        7   999 B  -                             -
            """);
  }

  @Test
  void writesABlockARowForPeople() {
    assertThat(write(OutputFormat.TABLE::blocks))
        .isEqualTo(
            """
            table         public.orders
            rows          123,456
            bytes         1.2 MB
            last load at  2026-11-22T05:12:30Z
            freshness     2m 5s

            table         public.a, "b"
            rows          7
            bytes         999 B
            """);
  }

  @Test
  void writesOneArrayAsJson() {
    assertThat(write(OutputFormat.JSON::rows))
        .isEqualTo(
            """
            [
            {"table":"public.orders","rows":123456,"bytes":1234567,\
            "last_load_at":"2026-11-22T05:12:30.123Z","freshness_seconds":125.250},
            {"table":"public.a, \\"b\\"","rows":7,"bytes":999,\
            "last_load_at":null,"freshness_seconds":null}
            ]
            """);
  }

  @Test
  void writesCsv() {
    assertThat(write(OutputFormat.CSV::rows))
        .isEqualTo(
            """
            table,rows,bytes,last_load_at,freshness_seconds
            public.orders,123456,1234567,2026-11-22T05:12:30.123Z,125.250
            "public.a, ""b\""",7,999,,
            """);
  }

  @Test
  void isValidWithoutRows() {
    assertThat(empty(OutputFormat.JSON)).isEqualTo("[]\n");
    assertThat(empty(OutputFormat.CSV)).isEqualTo("table\n");
    assertThat(empty(OutputFormat.TABLE)).isEqualTo("TABLE\n");
  }

  @Test
  void coloursHeadingsAndMarkedWordsOnATerminalOnly() {
    List<Column> columns =
        List.of(Column.text("name"), Column.text("state"), Column.number("rows"));

    assertThat(coloured(Style.COLOURED, columns, false))
        .isEqualTo(
            """
            ^[1mNAME  STATE   ROWS^[0m
            a     ^[31mbroken^[0m     7
            b     ^[32mok    ^[0m    70
            """);
    assertThat(coloured(Style.COLOURED, columns, true))
        .startsWith("^[1mname^[0m   a\n^[1mstate^[0m  ^[31mbroken^[0m\n");
    assertThat(coloured(Style.PLAIN, columns, false)).doesNotContain("^[").contains("broken");
  }

  private static String coloured(Style style, List<Column> columns, boolean blocks) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    try (Rows rows =
        blocks
            ? OutputFormat.TABLE.blocks(out, columns, style)
            : OutputFormat.TABLE.rows(out, columns, style)) {
      rows.add("a", new Marked("broken", Marked.Mark.BAD), 7);
      rows.add("b", new Marked("ok", Marked.Mark.GOOD), 70);
    }
    return text.toString().replace("\u001b", "^");
  }

  @Test
  void refusesANameThatProgramsCannotUse() {
    assertThatThrownBy(() -> Column.text("Last Load"))
        .hasMessage("'Last Load' is no name of a column");
  }

  private static String empty(OutputFormat format) {
    StringWriter text = new StringWriter();
    format.rows(new PrintWriter(text), List.of(Column.text("table"))).close();
    return text.toString();
  }

  private static String write(BiFunction<PrintWriter, List<Column>, Rows> format) {
    StringWriter text = new StringWriter();
    try (Rows rows = format.apply(new PrintWriter(text), COLUMNS)) {
      rows.add(
          "public.orders",
          123_456,
          1_234_567L,
          Instant.parse("2026-11-22T05:12:30.123Z"),
          Duration.ofMillis(125_250));
      rows.add("public.a, \"b\"", 7, 999L, null, null);
    }
    return text.toString();
  }
}
