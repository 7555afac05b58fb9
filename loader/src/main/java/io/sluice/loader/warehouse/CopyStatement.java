package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of a COPY, see "COPY" in the Amazon Redshift Database Developer Guide.
 *
 * <p>Nothing is let through by default: no error is skipped, nothing is cut, and the table's
 * encodings and statistics are left alone, for these would cost every small load a scan.
 */
final class CopyStatement {
  /** What COPY takes for NULL when it is not told. */
  private static final String DEFAULT_NULL = "\\N";

  private CopyStatement() {}

  static String of(TableName table, CopyRequest request, String iamRole) {
    return String.join(
        "\n",
        "COPY " + table + " (" + columns(request) + ")",
        "FROM " + literal(request.manifestUri()),
        "IAM_ROLE " + (iamRole.equals("default") ? "default" : literal(iamRole)),
        "MANIFEST",
        format(request.format()),
        "TIMEFORMAT 'auto' DATEFORMAT 'auto'",
        "COMPUPDATE OFF STATUPDATE OFF MAXERROR 0");
  }

  private static String columns(CopyRequest request) {
    return request.columns().stream()
        .map(Column::name)
        .map(CopyStatement::identifier)
        .collect(Collectors.joining(", "));
  }

  private static String format(FileFormat format) {
    String rows =
        switch (format.format()) {
          case CSV -> "CSV";
        };
    String compression =
        switch (format.compression()) {
          case ZSTD -> "ZSTD";
        };
    return rows
        + " DELIMITER "
        + literal(format.delimiter())
        + nullAs(format.nullAs())
        + " "
        + compression;
  }

  /**
   * COPY's own default goes without saying: Redshift takes a backslash in a literal for an escape,
   * so that the plain text of the default would mean another one.
   */
  private static String nullAs(String text) {
    return text.equals(DEFAULT_NULL) ? "" : " NULL AS " + literal(text);
  }

  /** Redshift folds names to lower case, quoted ones too. */
  private static String identifier(String name) {
    return '"' + name.toLowerCase(Locale.ROOT).replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
