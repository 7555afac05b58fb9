package io.sluice.stack.redshift.copy.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Compression;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Encoding;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.FieldNames;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
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
  private static final String ROLE = "arn:aws:iam::123456789012:role/a";
  private static final String TEXT = HEAD + "iam_role default ";
  private static final String CSV = TEXT + "csv ";

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

    assertThat(options.delimiter()).isEqualTo(",");
    assertThat(options.quote()).isEqualTo('"');
    assertThat(options.nullText()).isEqualTo("\\N");
    assertThat(options.compression()).isEqualTo(Compression.NONE);
    assertThat(options.maximumErrors()).isEqualTo(1);
    assertThat(options.ignoredHeaderLines()).isZero();
    assertThat(options.encoding()).isEqualTo(Encoding.UTF8);
    assertThat(options.dateFormat()).isEmpty();
    assertThat(options.timeFormat()).isEmpty();
    assertThat(options.replacement()).isEmpty();
    for (Flag flag : Flag.values()) {
      assertThat(options.has(flag)).as(flag.name()).isFalse();
    }
  }

  static Stream<Arguments> options() {
    return Stream.of(
        option("delimiter '|'", CopyOptions::delimiter, "|"),
        option("delimiter as '\\t'", CopyOptions::delimiter, "\t"),
        option("delimiter '\\037'", CopyOptions::delimiter, "\037"),
        option("quote as '%'", CopyOptions::quote, '%'),
        option("null as 'NULL'", CopyOptions::nullText, "NULL"),
        option("null '\\0'", CopyOptions::nullText, "\0"),
        option("null as '\\000'", CopyOptions::nullText, "\0"),
        option("bzip2", CopyOptions::compression, Compression.BZIP2),
        option("encoding utf16", CopyOptions::encoding, Encoding.UTF16),
        option("encoding as 'UTF16LE'", CopyOptions::encoding, Encoding.UTF16LE),
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
        option("encoding utf8", CopyOptions::encoding, Encoding.UTF8),
        option("encoding as 'utf8'", CopyOptions::encoding, Encoding.UTF8));
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
      names = {"ESCAPE", "REMOVEQUOTES", "SERIALIZETOJSON"})
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
        "compupdate true statupdate false comprows 2147483647"
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
        arguments(
            CSV + "delimiter '||'",
            "COPY with CSV and a DELIMITER of several bytes is not in the stand-in"),
        arguments(
            CSV + "delimiter ''",
            "DELIMITER must be one or more characters, no line end among them, not ''"),
        arguments(CSV + "quote ''", "a single ASCII character is needed, not ''"),
        arguments(CSV + "quote ','", "DELIMITER and QUOTE must differ"),
        arguments(CSV + "escape", "CSV is not compatible with ESCAPE"),
        arguments(CSV + "removequotes", "CSV is not compatible with REMOVEQUOTES"),
        arguments(CSV + "lzop", "COPY with LZOP is not in the stand-in"),
        arguments(CSV + "encoding latin1", "Invalid encoding 'latin1'"),
        arguments(CSV + "null '\\n'", "NULL AS cannot be a newline"),
        arguments(CSV + "comprows 999", "COMPROWS must be between 1000 and 2147483647"),
        arguments(CSV + "region 'Mars'", "REGION needs the name of an AWS Region"),
        arguments(
            CSV + "maxerror 5 ignoreallerrors", "MAXERROR is not compatible with IGNOREALLERRORS"),
        arguments(CSV + "ssh", "SSH is not supported for COPY from Amazon S3"),
        arguments(CSV + "readratio 50", "READRATIO is not supported for COPY from Amazon S3"),
        arguments(CSV + "encrypted", "COPY with ENCRYPTED is not in the stand-in"),
        arguments(
            CSV + "master_symmetric_key 'k'",
            "MASTER_SYMMETRIC_KEY needs ENCRYPTED and excludes CREDENTIALS"),
        arguments(
            CSV + "credentials 'aws_iam_role=" + ROLE + "'", "conflicting or redundant options"),
        arguments(
            HEAD + "csv access_key_id 'a'",
            "ACCESS_KEY_ID and SECRET_ACCESS_KEY must be given together"),
        arguments(
            HEAD + "csv access_key_id 'a b' secret_access_key 'c'",
            "Invalid credentials: an access key is malformed"),
        arguments(CSV + "fixedwidth 'a:1'", "conflicting or redundant options"),
        arguments(TEXT + "quote '%'", "QUOTE is only compatible with CSV"),
        arguments(
            TEXT + "fixedwidth 'a:1' delimiter '|'", "FIXEDWIDTH is not compatible with DELIMITER"),
        arguments(TEXT + "fixedwidth 'a:1' escape", "FIXEDWIDTH is not compatible with ESCAPE"),
        arguments(TEXT + "fixedwidth 'a:1'", "COPY with format FIXEDWIDTH is not in the stand-in"),
        arguments(TEXT + "json 'auto' delimiter '|'", "JSON is not compatible with DELIMITER"),
        arguments(TEXT + "json 'auto' escape", "JSON is not compatible with ESCAPE"),
        arguments(TEXT + "json 'auto' fillrecord", "JSON is not compatible with FILLRECORD"),
        arguments(TEXT + "json 'auto' null as ''", "JSON is not compatible with NULL AS"),
        arguments(TEXT + "json 'auto' removequotes", "JSON is not compatible with REMOVEQUOTES"),
        arguments(
            TEXT + "json 'auto' ignoreblanklines", "JSON is not compatible with IGNOREBLANKLINES"),
        arguments(TEXT + "json 'noshred'", "COPY with JSON 'noshred' is not in the stand-in"),
        arguments(
            TEXT + "json 'Auto'",
            "Invalid JSON option 'Auto': 'auto', 'auto ignorecase' or the path of a JSONPaths file in S3"),
        arguments(TEXT + "parquet gzip", "GZIP argument is not supported for PARQUET based COPY"),
        arguments(
            TEXT + "csv serializetojson",
            "SERIALIZETOJSON argument is only supported for PARQUET and ORC based COPY"),
        arguments(TEXT + "orc maxerror 5", "MAXERROR argument is not supported for ORC based COPY"),
        arguments(
            TEXT + "format as parquet region 'us-east-1'",
            "REGION argument is not supported for PARQUET based COPY"),
        arguments(TEXT + "format as orc", "COPY with format ORC is not in the stand-in"),
        arguments(
            TEXT + "shapefile simplify auto '0.1'",
            "COPY with format SHAPEFILE is not in the stand-in"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refuses(String sql, String message) {
    assertThatThrownBy(() -> parse(sql)).isInstanceOf(SqlRefusal.class).hasMessage(message);
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        arguments("", Format.DELIMITED, FieldNames.EXACT),
        arguments("format delimiter ';'", Format.DELIMITED, FieldNames.EXACT),
        arguments("delimiter '|~|' escape removequotes", Format.DELIMITED, FieldNames.EXACT),
        arguments("json", Format.JSON, FieldNames.EXACT),
        arguments("format as json as 'auto'", Format.JSON, FieldNames.EXACT),
        arguments("json 'auto ignorecase'", Format.JSON, FieldNames.IGNORING_CASE),
        arguments("format json 's3://b/paths.json' gzip", Format.JSON, FieldNames.PATHS),
        arguments("avro 'auto ignorecase' bzip2", Format.AVRO, FieldNames.IGNORING_CASE),
        arguments("format as parquet serializetojson", Format.PARQUET, FieldNames.EXACT));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readsAFormat(String text, Format format, FieldNames names) {
    CopyOptions options = parse(TEXT + text).options();

    assertThat(options.format()).isEqualTo(format);
    assertThat(options.fieldNames()).isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orc", "shapefile"})
  void parsesWhatHasNoReader(String format) {
    assertThatThrownBy(() -> parse(TEXT + format))
        .hasMessageMatching("COPY with format (ORC|SHAPEFILE) is not in the stand-in");
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
