package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyStatementTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/copy";
  private static final List<Column> COLUMNS =
      List.of(new Column("id", "bigint"), new Column("Odd \"Name\"", "varchar(9)"));

  @Test
  void namesTableColumnsManifestRoleAndFormat() {
    String sql = copy(FileFormat.csvZstd(), ROLE);

    assertThat(sql)
        .isEqualTo(
            """
            COPY public.orders ("id", "odd ""name""\")
            FROM 's3://bucket/x/_copy/1.manifest'
            IAM_ROLE 'arn:aws:iam::123456789012:role/copy'
            MANIFEST
            CSV DELIMITER ',' ZSTD
            TIMEFORMAT 'auto' DATEFORMAT 'auto'
            COMPUPDATE OFF STATUPDATE OFF MAXERROR 0""");
  }

  @Test
  void usesTheRoleOfTheClusterWhenAsked() {
    assertThat(copy(FileFormat.csvZstd(), "default")).contains("\nIAM_ROLE default\n");
  }

  @Test
  void quotesWhatTheManifestSays() {
    FileFormat format = new FileFormat(Format.CSV, Compression.ZSTD, "'", "n\\a");

    assertThat(copy(format, ROLE)).contains("CSV DELIMITER '''' NULL AS 'n\\\\a' ZSTD");
  }

  /** Format, compression, delimiter, text for NULL, and what stands behind MANIFEST. */
  static Stream<Arguments> formats() {
    String text = "\nTIMEFORMAT 'auto' DATEFORMAT 'auto'\nCOMPUPDATE OFF STATUPDATE OFF MAXERROR 0";
    return Stream.of(
        arguments(
            new FileFormat(Format.CSV, Compression.NONE, ",", "\\N"), "CSV DELIMITER ','" + text),
        arguments(
            new FileFormat(Format.CSV, Compression.GZIP, "\t", "@"),
            "CSV DELIMITER '\t' NULL AS '@' GZIP" + text),
        arguments(
            new FileFormat(Format.DELIMITED, Compression.ZSTD, "|", "\\N"),
            "DELIMITER '|' ESCAPE ZSTD" + text),
        arguments(
            new FileFormat(Format.DELIMITED, Compression.NONE, "|", "@null@"),
            "DELIMITER '|' ESCAPE NULL AS '@null@'" + text),
        arguments(
            new FileFormat(Format.JSON, Compression.ZSTD, null, null),
            "FORMAT JSON 'auto' ZSTD" + text),
        arguments(
            new FileFormat(Format.AVRO, Compression.SNAPPY, null, null),
            "FORMAT AVRO 'auto'" + text),
        arguments(
            new FileFormat(Format.PARQUET, Compression.ZSTD, null, null),
            "FORMAT PARQUET\nSTATUPDATE OFF"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyFormatHasItsOwnOptionsAndNoneThatItExcludes(FileFormat format, String end) {
    assertThat(copy(format, ROLE)).endsWith("\nMANIFEST\n" + end);
  }

  @Test
  void aColumnarFileIsSerializedIntoSuper() {
    CopyRequest request =
        new CopyRequest(
            "s3://bucket/x/_copy/1.manifest",
            List.of(new Column("id", "bigint"), new Column("doc", "super")),
            new FileFormat(Format.PARQUET, Compression.SNAPPY, null, null));

    assertThat(CopyStatement.of("public.orders", request, CopyOptions.DEFAULT, ROLE))
        .endsWith("\nFORMAT PARQUET SERIALIZETOJSON\nSTATUPDATE OFF");
  }

  @Test
  void aCompressionThatCopyDoesNotTakeIsTold() {
    FileFormat format = new FileFormat(Format.CSV, Compression.SNAPPY, ",", "\\N");

    assertThatThrownBy(() -> copy(format, ROLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("COPY takes no text in SNAPPY: the manifest is wrong");
  }

  @Test
  void theSettingsOfATableAddTheirOptions() {
    CopyOptions options =
        new CopyOptions(true, true, Optional.of("?"), 25, Optional.of("eu-central-1"));
    CopyRequest request = new CopyRequest("s3://bucket/m", COLUMNS, FileFormat.csvZstd());

    assertThat(CopyStatement.of("public.orders", request, options, ROLE))
        .endsWith(
            "\nCOMPUPDATE OFF STATUPDATE ON MAXERROR 25"
                + "\nTRUNCATECOLUMNS ACCEPTINVCHARS AS '?' REGION 'eu-central-1'");
  }

  @Test
  void rowsThatWereHandedThroughStandForTheTablesOwnColumns() {
    CopyRequest request = new CopyRequest("s3://bucket/m", List.of(), FileFormat.csvZstd());

    assertThat(CopyStatement.of("public.orders", request, CopyOptions.DEFAULT, ROLE))
        .startsWith("COPY public.orders\nFROM 's3://bucket/m'\n");
  }

  private static String copy(FileFormat format, String role) {
    CopyRequest request = new CopyRequest("s3://bucket/x/_copy/1.manifest", COLUMNS, format);
    return CopyStatement.of("public.orders", request, CopyOptions.DEFAULT, role);
  }
}
