package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  private static String copy(FileFormat format, String role) {
    CopyRequest request = new CopyRequest("s3://bucket/x/_copy/1.manifest", COLUMNS, format);
    return CopyStatement.of(TableName.parse("orders"), request, role);
  }
}
