package io.sluice.stack.redshift.copy.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.sql.Lexer;
import io.sluice.stack.redshift.sql.SqlRefusal;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyParserTest {
  private static final String HEAD = "copy t from 's3://b/k' ";
  private static final String CSV = HEAD + "iam_role default csv ";

  @Test
  void readsTargetColumnsAndSource() {
    CopyStatement copy =
        parse("COPY \"My\".\"T\" (a, \"B\") FROM 's3://lake/x/y.csv' IAM_ROLE default CSV");

    assertThat(copy.quotedTable()).isEqualTo("\"My\".\"T\"");
    assertThat(copy.displayTable()).isEqualTo("My.T");
    assertThat(copy.columns()).containsExactly("a", "B");
    assertThat(copy.source()).isEqualTo(new S3Url("lake", "x/y.csv"));
  }

  @Test
  void hasRedshiftsDefaults() {
    CopyOptions options = parse(CSV).options();

    assertThat(options.delimiter()).isEqualTo(',');
    assertThat(options.quote()).isEqualTo('"');
    assertThat(options.nullText()).isEqualTo("\\N");
    assertThat(options.compression()).isEqualTo(Compression.NONE);
    assertThat(options.maximumErrors()).isEqualTo(1);
    assertThat(options.ignoredHeaderLines()).isZero();
    assertThat(options.encoding()).isEqualTo("UTF8");
    assertThat(options.dateFormat()).isEmpty();
    assertThat(options.timeFormat()).isEmpty();
    assertThat(options.replacement()).isEmpty();
    for (Flag flag : Flag.values()) {
      assertThat(options.has(flag)).as(flag.name()).isFalse();
    }
  }

  static Stream<Arguments> options() {
    return Stream.of(
        option("delimiter '|'", CopyOptions::delimiter, '|'),
        option("delimiter as '\\t'", CopyOptions::delimiter, '\t'),
        option("delimiter '\\037'", CopyOptions::delimiter, '\037'),
        option("quote as '%'", CopyOptions::quote, '%'),
        option("null as 'NULL'", CopyOptions::nullText, "NULL"),
        option("null ''", CopyOptions::nullText, ""),
        option("gzip", CopyOptions::compression, Compression.GZIP),
        option("zstd", CopyOptions::compression, Compression.ZSTD),
        option("dateformat 'auto'", CopyOptions::dateFormat, Optional.of("auto")),
        option("timeformat as 'epochsecs'", CopyOptions::timeFormat, Optional.of("epochsecs")),
        option("acceptinvchars", CopyOptions::replacement, Optional.of('?')),
        option("acceptinvchars as '^'", CopyOptions::replacement, Optional.of('^')),
        option("ignoreheader as 2", CopyOptions::ignoredHeaderLines, 2),
        option("maxerror 0", CopyOptions::maximumErrors, 1),
        option("maxerror as 100000", CopyOptions::maximumErrors, 100_000),
        option("ignoreallerrors", CopyOptions::maximumErrors, Integer.MAX_VALUE),
        option("encoding utf8", CopyOptions::encoding, "UTF8"),
        option("encoding as 'utf8'", CopyOptions::encoding, "UTF8"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void readsAnOption(String text, Function<CopyOptions, Object> option, Object expected) {
    assertThat(option.apply(parse(CSV + text).options())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Flag.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ESCAPE", "REMOVEQUOTES"})
  void readsAFlag(Flag flag) {
    assertThat(parse(CSV + flag).options().has(flag)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compupdate off statupdate off",
        "compupdate preset comprows 1000",
        "statupdate",
        "region 'eu-west-1'",
        "readratio 50"
      })
  void takesWhatChangesNothing(String text) {
    assertThat(parse(CSV + text).table()).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iam_role 'arn:aws:iam::123456789012:role/a' manifest gzip format as csv",
        "gzip format csv manifest iam_role default",
        "csv manifest credentials 'aws_iam_role=arn:aws:iam::123456789012:role/a' gzip",
        "manifest access_key_id 'a' secret_access_key 'b' session_token 'c' gzip csv"
      })
  void takesOptionsInAnyOrder(String text) {
    CopyOptions options = parse(HEAD + text).options();

    assertThat(options.has(Flag.MANIFEST)).isTrue();
    assertThat(options.compression()).isEqualTo(Compression.GZIP);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("copy t from stdin", "COPY from STDIN is not supported; load from 's3://...'"),
        arguments(
            "copy t from 'http://x'", "COPY needs a source 's3://bucket/key', not 'http://x'"),
        arguments("copy t from 'ssh://x'", "COPY from ssh:// is not in the stand-in"),
        arguments("copy t from", "syntax error at end of input"),
        arguments("copy t (a b) from 's3://b/k'", "syntax error at or near \"b\""),
        arguments(
            HEAD + "csv",
            "No authorization was given: COPY needs IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID"),
        arguments(HEAD + "iam_role 'me' csv", "Invalid IAM_ROLE: 'me' is not the ARN of a role"),
        arguments(CSV + "nonsense", "syntax error at or near \"nonsense\""),
        arguments(CSV + "gzip gzip", "conflicting or redundant options"),
        arguments(CSV + "gzip zstd", "conflicting or redundant options"),
        arguments(CSV + "format json 'auto'", "conflicting or redundant options"),
        arguments(CSV + "maxerror 100001", "MAXERROR must be between 0 and 100000"),
        arguments(CSV + "maxerror -1", "syntax error at or near \"-\""),
        arguments(CSV + "ignoreheader '1'", "syntax error at or near \"'1'\""),
        arguments(CSV + "delimiter '||'", "a single ASCII character is needed, not '||'"),
        arguments(CSV + "delimiter 'é'", "a single ASCII character is needed, not 'é'"),
        arguments(CSV + "delimiter '\\9zz'", "a single ASCII character is needed, not '\\9zz'"),
        arguments(CSV + "delimiter '\\377'", "a single ASCII character is needed, not '\\377'"),
        arguments(CSV + "quote ''", "a single ASCII character is needed, not ''"),
        arguments(CSV + "quote ','", "DELIMITER and QUOTE must differ"),
        arguments(CSV + "escape", "CSV is not compatible with ESCAPE"),
        arguments(CSV + "removequotes", "CSV is not compatible with REMOVEQUOTES"),
        arguments(CSV + "lzop", "COPY with LZOP is not in the stand-in"),
        arguments(CSV + "encoding utf16", "COPY with ENCODING UTF16 is not in the stand-in"),
        arguments(CSV + "acceptanydate", "COPY with ACCEPTANYDATE is not in the stand-in"),
        arguments(
            HEAD + "iam_role default format parquet",
            "COPY with format PARQUET is not in the stand-in"),
        arguments(HEAD + "iam_role default", "COPY with format DELIMITER is not in the stand-in"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refuses(String sql, String message) {
    assertThatThrownBy(() -> parse(sql)).isInstanceOf(SqlRefusal.class).hasMessage(message);
  }

  @Test
  void neverRepeatsCredentials() {
    assertThatThrownBy(() -> parse(HEAD + "csv credentials 'key=hidden'"))
        .hasMessageStartingWith("Invalid credentials. Must be of the format")
        .hasMessageNotContaining("hidden");
  }

  private static CopyStatement parse(String sql) {
    return CopyParser.parse(Lexer.tokens(sql));
  }

  private static Arguments option(
      String text, Function<CopyOptions, Object> option, Object expected) {
    return arguments(text, option, expected);
  }
}
