package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text of a COPY, see "COPY" in the Amazon Redshift Database Developer Guide.
 *
 * <p>Nothing is let through by default: no row is skipped, nothing is cut, and the table's
 * encodings and statistics are left alone, for these would cost every small load a scan.
 */
final class CopyStatement {
  /** What COPY takes for NULL when it is not told. */
  private static final String DEFAULT_NULL = "\\N";

  private CopyStatement() {}

  static String of(String table, CopyRequest request, CopyOptions options, String iamRole) {
    FileFormat format = request.format();
    List<String> lines = new ArrayList<>();
    lines.add("COPY " + table + columns(request));
    lines.add("FROM " + Identifiers.literal(request.manifestUri()));
    lines.add("IAM_ROLE " + (iamRole.equals("default") ? "default" : Identifiers.literal(iamRole)));
    lines.add("MANIFEST");
    lines.add(format(request) + compression(format));
    if (format.format() == Format.PARQUET) {
      // Of the options below, columnar formats take this one only: they convert nothing, compress
      // nothing and forgive no error; see "COPY from columnar data formats".
      lines.add("STATUPDATE " + onOff(options.statUpdate()) + acceptInvChars(options));
    } else {
      lines.add("TIMEFORMAT 'auto' DATEFORMAT 'auto'");
      lines.add(
          "COMPUPDATE OFF STATUPDATE %s MAXERROR %d"
              .formatted(onOff(options.statUpdate()), options.maxError()));
      String more =
          (options.truncateColumns() ? " TRUNCATECOLUMNS" : "")
              + acceptInvChars(options)
              + options.region().map(name -> " REGION " + Identifiers.literal(name)).orElse("");
      if (!more.isEmpty()) {
        lines.add(more.strip());
      }
    }
    return String.join("\n", lines);
  }

  /** Rows that are handed through as they came stand for the table's own columns. */
  private static String columns(CopyRequest request) {
    return request.columns().isEmpty()
        ? ""
        : request.columns().stream()
            .map(Column::name)
            .map(Identifiers::quoted)
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String format(CopyRequest request) {
    FileFormat format = request.format();
    return switch (format.format()) {
      case CSV ->
          "CSV DELIMITER " + Identifiers.literal(format.delimiter()) + nullAs(format.nullAs());
      case DELIMITED ->
          "DELIMITER "
              + Identifiers.literal(format.delimiter())
              + " ESCAPE"
              + nullAs(format.nullAs());
      case JSON -> "FORMAT JSON 'auto'";
      case AVRO -> "FORMAT AVRO 'auto'";
      case PARQUET -> "FORMAT PARQUET" + (hasSuper(request) ? " SERIALIZETOJSON" : "");
    };
  }

  /** Without the option, COPY refuses to load a columnar file into a SUPER. */
  private static boolean hasSuper(CopyRequest request) {
    return request.columns().stream()
        .anyMatch(column -> column.type().toLowerCase(Locale.ROOT).equals("super"));
  }

  /** Containers tell themselves how they are packed. */
  private static String compression(FileFormat format) {
    if (!format.format().isText()) {
      return "";
    }
    return switch (format.compression()) {
      case NONE -> "";
      case GZIP -> " GZIP";
      case ZSTD -> " ZSTD";
      case DEFLATE, SNAPPY ->
          throw new IllegalArgumentException(
              "COPY takes no text in " + format.compression() + ": the manifest is wrong");
    };
  }

  /**
   * COPY's own default goes without saying: Redshift takes a backslash in a literal for an escape,
   * so that the plain text of the default would mean another one.
   */
  private static String nullAs(String text) {
    return text.equals(DEFAULT_NULL) ? "" : " NULL AS " + Identifiers.literal(text);
  }

  private static String onOff(boolean on) {
    return on ? "ON" : "OFF";
  }

  private static String acceptInvChars(CopyOptions options) {
    return options
        .acceptInvChars()
        .map(character -> " ACCEPTINVCHARS AS " + Identifiers.literal(character))
        .orElse("");
  }
}
