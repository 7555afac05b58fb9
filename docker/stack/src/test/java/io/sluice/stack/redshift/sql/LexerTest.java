package io.sluice.stack.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LexerTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("select 1", List.of("WORD select", "NUMBER 1")),
        arguments("a-- b\nc", List.of("WORD a", "WORD c")),
        arguments("a -- at the end", List.of("WORD a")),
        arguments("a /* b /* nested */ ; */ c", List.of("WORD a", "WORD c")),
        arguments("a+--b\n1", List.of("WORD a", "SYMBOL +", "NUMBER 1")),
        arguments("'it''s; -- no'", List.of("STRING 'it''s; -- no'")),
        arguments("'a\\\\' 'b'", List.of("STRING 'a\\\\'", "STRING 'b'")),
        arguments("'a\\'b' c", List.of("STRING 'a\\'b'", "WORD c")),
        arguments("#t # 1", List.of("WORD #t", "SYMBOL #", "NUMBER 1")),
        arguments("e'a\\'b' c", List.of("STRING e'a\\'b'", "WORD c")),
        arguments("\"Two \"\"q\"\"\"", List.of("QUOTED \"Two \"\"q\"\"\"")),
        arguments("$$a;'b$$ c", List.of("STRING $$a;'b$$", "WORD c")),
        arguments("$x$ $$ $x$", List.of("STRING $x$ $$ $x$")),
        arguments("$1::int", List.of("PARAMETER $1", "SYMBOL ::", "WORD int")),
        arguments("1.5e-3,.5", List.of("NUMBER 1.5e-3", "SYMBOL ,", "NUMBER .5")),
        arguments("1e", List.of("NUMBER 1", "WORD e")),
        arguments("a$b é_1", List.of("WORD a$b", "WORD é_1")),
        arguments("a<=b", List.of("WORD a", "SYMBOL <=", "WORD b")),
        arguments("f();", List.of("WORD f", "SYMBOL (", "SYMBOL )", "SYMBOL ;")),
        arguments(" \t\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void cutsATextIntoTokens(String sql, List<String> expected) {
    List<Token> tokens = Lexer.tokens(sql);

    assertThat(tokens.subList(0, tokens.size() - 1))
        .extracting(token -> token.kind() + " " + token.text())
        .isEqualTo(expected);
    assertThat(tokens.get(tokens.size() - 1).kind()).isEqualTo(Token.Kind.END);
  }

  @Test
  void knowsThePlacesOfItsTokens() {
    String sql = "copy /* x */ \"T\"\n  from 'y'";

    assertThat(Lexer.tokens(sql))
        .extracting(token -> sql.substring(token.start(), token.end()))
        .containsExactly("copy", "\"T\"", "from", "'y'", "");
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("'it''s'", "it's"),
        arguments("'\\t'", "\\t"),
        arguments("'a\\\\b\\'c'''", "a\\b'c'"),
        arguments("'\\\\N'", "\\N"),
        arguments("'\\N'", "\\N"),
        arguments("'\\\\'", "\\"),
        arguments("e'\\''", "'"),
        arguments("$$a'b$$", "a'b"),
        arguments("$tag$a$$b$tag$", "a$$b"),
        arguments("''", ""));
  }

  @ParameterizedTest
  @MethodSource("values")
  void undoesTheQuotesOfAString(String sql, String expected) {
    assertThat(Lexer.tokens(sql).get(0).string()).isEqualTo(expected);
  }

  @Test
  void foldsOnlyNamesWithoutQuotes() {
    assertThat(Lexer.tokens("TaBle").get(0).name()).isEqualTo("table");
    assertThat(Lexer.tokens("\"Ta\"\"Ble\"").get(0).name()).isEqualTo("Ta\"Ble");
  }

  static Stream<Arguments> unterminated() {
    return Stream.of(
        arguments("a 'b", "unterminated quoted string at or near \"'b\""),
        arguments("a e'b\\'", "unterminated quoted string at or near \"'b\\'\""),
        arguments("a \"b", "unterminated quoted identifier at or near \"\"b\""),
        arguments("a $x$ b $$", "unterminated dollar-quoted string at or near \"$x$ b $$\""),
        arguments("a /* /* */", "unterminated /* comment at or near \"/* /* */\""));
  }

  @ParameterizedTest
  @MethodSource("unterminated")
  void refusesWhatHasNoEnd(String sql, String message) {
    assertThatThrownBy(() -> Lexer.tokens(sql)).isInstanceOf(SqlRefusal.class).hasMessage(message);
  }
}
