package io.sluice.stack.redshift.copy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReaderTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("", List.of()),
        arguments("a,b\nc,d\n", List.of(List.of("a", "b"), List.of("c", "d"))),
        arguments("a,b", List.of(List.of("a", "b"))),
        arguments("a,\n,b\n,\n", List.of(List.of("a", ""), List.of("", "b"), List.of("", ""))),
        arguments("a,", List.of(List.of("a", ""))),
        arguments("a\r\nb\r\n", List.of(List.of("a"), List.of("b"))),
        arguments("a\r", List.of(List.of("a"))),
        arguments("a\rb,c\n", List.of(List.of("a\rb", "c"))),
        arguments("\"a\",\"b\"\r\n", List.of(List.of("a", "b"))),
        arguments("\"a,b\"\n", List.of(List.of("a,b"))),
        arguments("\"say \"\"hi\"\"\"\n", List.of(List.of("say \"hi\""))),
        arguments("\"\"\"\"\n", List.of(List.of("\""))),
        arguments("\"\",x\n", List.of(List.of("", "x"))),
        arguments("\"a\nb\r\nc\",d\n", List.of(List.of("a\nb\r\nc", "d"))),
        arguments("\"a\"", List.of(List.of("a"))),
        arguments(" \"a\" ,\t\"b\"\t\n c , d\n", List.of(List.of("a", "b"), List.of(" c ", " d"))),
        arguments("é,日本,😀\n", List.of(List.of("é", "日本", "😀"))),
        arguments("a\n\nb\n", List.of(List.of("a"), List.of(""), List.of("b"))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsRows(String text, List<List<String>> expected) throws Exception {
    assertThat(rows(reader(text, ',', '"'))).isEqualTo(expected);
  }

  @Test
  void takesOtherDelimitersAndQuotes() throws Exception {
    assertThat(rows(reader("%a|b%|\"c\"\n%%%%|d\n", '|', '%')))
        .containsExactly(List.of("a|b", "\"c\""), List.of("%", "d"));
  }

  static Stream<Arguments> badQuotes() {
    return Stream.of(
        arguments("a\"b,c\nd\n", List.of(List.of("d"))),
        arguments("\"a\"b,c\nd\n", List.of(List.of("d"))),
        arguments("\"a\"\r,c\nd\n", List.of(List.of("d"))),
        arguments("\"a,b\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("badQuotes")
  void refusesBadQuotesAndGoesOnBehindTheLine(String text, List<List<String>> rest)
      throws Exception {
    CsvReader reader = reader(text, ',', '"');

    assertThatThrownBy(reader::next)
        .isInstanceOf(LoadRefusal.class)
        .hasMessage("Invalid quote formatting for CSV")
        .satisfies(e -> assertThat(((LoadRefusal) e).code()).isEqualTo(1214));
    assertThat(rows(reader)).isEqualTo(rest);
  }

  @Test
  void refusesARowOfMoreThanFourMegabytes() throws Exception {
    CsvReader reader = reader("x".repeat((4 << 20) + 1) + "\nnext\n", ',', '"');

    assertThatThrownBy(reader::next)
        .isInstanceOf(LoadRefusal.class)
        .hasMessage("Input line is longer than 4 MB");
    assertThat(rows(reader)).containsExactly(List.of("next"));
  }

  @Test
  void growsWithItsRows() throws Exception {
    String wide = "x,".repeat(1599) + "y".repeat(100_000);

    List<List<String>> rows = rows(reader(wide + "\na\n", ',', '"'));

    assertThat(rows.get(0)).hasSize(1600);
    assertThat(rows.get(0).get(1599)).hasSize(100_000);
    assertThat(rows.get(1)).containsExactly("a");
  }

  @Test
  void countsLinesAndKeepsTheRawLine() throws Exception {
    CsvReader reader = reader("head\n\"a\nb\",c\r\nd\n", ',', '"');

    reader.skipLines(1);
    assertThat(reader.next()).isTrue();
    assertThat(reader.line()).isEqualTo(2);
    assertThat(reader.rawLine()).isEqualTo("\"a\nb\",c");
    assertThat(reader.row().form(0)).isEqualTo(Form.QUOTED);
    assertThat(reader.row().form(1)).isEqualTo(Form.TEXT);
    assertThat(reader.next()).isTrue();
    assertThat(reader.line()).isEqualTo(4);
    assertThat(reader.next()).isFalse();
    assertThat(reader.lines()).isEqualTo(4);
    assertThat(reader.bytes()).isEqualTo(16);
  }

  @Test
  void tellsAnEmptyLineFromAnEmptyQuotedField() throws Exception {
    CsvReader reader = reader("\r\n\"\"\n", ',', '"');

    assertThat(reader.next()).isTrue();
    assertThat(reader.isBlank()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.isBlank()).isFalse();
  }

  private static CsvReader reader(String text, char delimiter, char quote) {
    return new CsvReader(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), delimiter, quote);
  }

  private static List<List<String>> rows(CsvReader reader) throws IOException, LoadRefusal {
    List<List<String>> rows = new ArrayList<>();
    while (reader.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 0; i < reader.row().fields(); i++) {
        row.add(reader.row().text(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
