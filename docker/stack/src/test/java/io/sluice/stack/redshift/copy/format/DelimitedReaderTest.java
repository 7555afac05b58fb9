package io.sluice.stack.redshift.copy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From "Data conversion parameters" and "Data format parameters" of the guide. */
class DelimitedReaderTest extends FormatCase {
  private static final List<TargetColumn> TWO = columns("a integer", "b character varying(99)");

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("", "", List.of()),
        arguments("", "1|a\n2|b", List.of("1¦a", "2¦b")),
        arguments("", "1|a\r\n2|\r\n", List.of("1¦a", "2¦")),
        arguments("", "1|\"a\"|\n", List.of("1¦\"a\"¦")),
        arguments("", "1|a\\|b\n", List.of("1¦a\\¦b")),
        arguments("delimiter ','", "1,a|b\n", List.of("1¦a|b")),
        arguments("delimiter '\\t'", "1\ta\n", List.of("1¦a")),
        arguments("delimiter '\\001'", "1\u0001a\n", List.of("1¦a")),
        arguments("delimiter '|~|'", "1|~|a|~b|~|c\n|~\n|", List.of("1¦a|~b¦c", "|~", "|")),
        arguments("delimiter '\\303\\251'", "1éa\n", List.of("1¦a")),
        arguments("ignoreheader 2", "x\ny\n1|a\n", List.of("1¦a")),
        // ESCAPE
        arguments(
            "escape",
            "1|The quick brown fox\\\njumped over the lazy dog.\n2| A\\\\B\\\\C\n3| A \\| B \\| C\n",
            List.of(
                "1¦The quick brown fox\njumped over the lazy dog.", "2¦ A\\B\\C", "3¦ A | B | C")),
        arguments(
            "escape removequotes",
            "4|'A Midsummer Night\\'s Dream'\n",
            List.of("4¦A Midsummer Night's Dream")),
        arguments("escape removequotes", "4|\\'A\\'\n", List.of("4¦'A'")),
        arguments("escape", "1|\\012\n", List.of("1¦012")),
        arguments("escape", "1|\\N\n2|\\\\N\n", List.of("1¦\\N", "2¦\\N")),
        arguments("escape null as 'x'", "1|\\N\n", List.of("1¦N")),
        arguments("escape", "1|a\\", List.of("1¦a\\")),
        // REMOVEQUOTES
        arguments(
            "removequotes",
            "1|'The delimiter is a pipe (|) character'\n2|'Black'\n3|\"White\"\n4|Blue'\n5|' 'Black' '\n6|' '\n7|''\n",
            List.of(
                "1¦The delimiter is a pipe (|) character",
                "2¦Black",
                "3¦White",
                "4¦Blue'",
                "5¦ 'Black' ",
                "6¦ ",
                "7¦")),
        arguments(
            "removequotes",
            "1|'Blue\n2|\"Blue\n3|'a'b\n4|ok\n",
            List.of(
                "1214: Delimited value missing end quote",
                "1214: Delimited value missing end quote",
                "1214: Delimited value missing end quote",
                "4¦ok")),
        // What follows a carriage return or a NUL must be the newline.
        arguments(
            "",
            "1|a\rb\n2|c\0d\n3|e\0\n4|f\n",
            List.of(
                "1216: Missing newline: Unexpected character 0x62 found at location 4",
                "1216: Missing newline: Unexpected character 0x64 found at location 4",
                "3¦e",
                "4¦f")),
        arguments("null as '\\0'", "1|\0\n2|a\0b\n", List.of("1¦\0", "2¦a\0b")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("files")
  void readsRows(String options, String file, List<String> expected) throws Exception {
    assertThat(rows(options, TWO, file)).isEqualTo(expected);
  }

  @Test
  void keepsTheRawLineOfAnUnescapedRow() throws Exception {
    RowReader reader =
        reader("escape", TWO, "1|a\\|b\\\nc\r\n2|d\n".getBytes(StandardCharsets.UTF_8));

    assertThat(reader.next()).isTrue();
    assertThat(reader.row().text(1)).isEqualTo("a|b\nc");
    assertThat(reader.rawLine()).isEqualTo("1|a\\|b\\\nc");
    assertThat(reader.next()).isTrue();
    assertThat(reader.line()).isEqualTo(3);
    assertThat(reader.rawLine()).isEqualTo("2|d");
  }

  @Test
  void readsRowsAcrossItsBuffer() throws Exception {
    String row = "7|" + "a\\|".repeat(700) + "\n";

    assertThat(rows("escape", TWO, row.repeat(200)))
        .hasSize(200)
        .containsOnly("7¦" + "a|".repeat(700));
  }

  @Test
  void refusesARowOfMoreThanFourMegabytes() throws Exception {
    String file = "1|" + "x".repeat(5 << 20) + "\n2|ok\n";

    assertThat(rows("", TWO, file)).containsExactly("1216: Input line is longer than 4 MB", "2¦ok");
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        arguments("UTF16", StandardCharsets.UTF_16LE, "\uFEFF"),
        arguments("UTF16", StandardCharsets.UTF_16BE, "\uFEFF"),
        arguments("UTF16LE", StandardCharsets.UTF_16LE, ""),
        arguments("UTF16LE", StandardCharsets.UTF_16LE, "\uFEFF"),
        arguments("UTF16BE", StandardCharsets.UTF_16BE, ""));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void readsUtf16(String encoding, java.nio.charset.Charset charset, String mark) throws Exception {
    String row = "1|é日本😀\n";
    byte[] file = (mark + row.repeat(20_000)).getBytes(charset);

    assertThat(rows(reader("encoding " + encoding, TWO, file)))
        .hasSize(20_000)
        .containsOnly("1¦é日本😀");
  }

  @Test
  void refusesAFileInAnotherEncoding() {
    byte[] unmarked = "1|a\n".getBytes(StandardCharsets.UTF_16LE);
    byte[] half = {0, '1', 0, '|', (byte) 0xD8, 0, 0, '\n'};

    assertThatThrownBy(() -> rows(reader("encoding utf16", TWO, unmarked)))
        .isInstanceOf(EncodingException.class);
    assertThatThrownBy(() -> rows(reader("encoding utf16be", TWO, half)))
        .isInstanceOf(EncodingException.class);
  }
}
