package io.sluice.writer.encode;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the rows of one table lie in its files.
 *
 * @param columns in the order of the fields; empty when rows are handed through as they came
 * @param compressionLevel of the codec, 0 for its default
 */
public record TableLayout(
    TableName name, List<LayoutColumn> columns, FileFormat format, int compressionLevel)
    implements Serializable {
  /** A column of a table. */
  public record LayoutColumn(String name, ColumnType type) implements Serializable {
    public LayoutColumn {
      // Column names follow the rules of table names.
      TableName.parse("column." + name);
      requireNonNull(type, "type");
    }
  }

  private static final Pattern PLAIN = Pattern.compile("[\\t\\x01-\\x08 -~&&[^A-Za-z0-9\"'\\\\]]");

  public TableLayout {
    requireNonNull(name, "name");
    requireNonNull(format, "format");
    columns = List.copyOf(columns);
    if (columns.stream()
            .map(column -> column.name().toLowerCase(java.util.Locale.ROOT))
            .distinct()
            .count()
        != columns.size()) {
      throw new IllegalArgumentException("table " + name + " names a column twice");
    }
    requireExpressible(columns, format);
  }

  /**
   * Whether a text that fits its column reads back as itself in this format. A text that equals the
   * one for NULL does not: whether Redshift minds the quotes or the backslash before it is nowhere
   * said. Nor does an empty text that is a whole delimited line.
   */
  public boolean canHold(byte[] utf8, int from, int to) {
    String nullAs = format.nullAs();
    if (nullAs == null) {
      return true;
    }
    if (from == to && columns.size() == 1 && format.format() == Format.DELIMITED) {
      return false;
    }
    if (to - from != nullAs.length()) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (utf8[i] != nullAs.charAt(i - from)) {
        return true;
      }
    }
    return false;
  }

  /** The columns as manifests carry them. */
  public List<Column> manifestColumns() {
    return columns.stream()
        .map(column -> new Column(column.name(), column.type().toString()))
        .toList();
  }

  /** What the format cannot express is refused before the first row. */
  private static void requireExpressible(List<LayoutColumn> columns, FileFormat format) {
    if (format.format().hasDelimiter() && !PLAIN.matcher(format.delimiter()).matches()) {
      throw new IllegalArgumentException(
          "a delimiter is one ASCII character, no letter, digit, quote, backslash or line end");
    }
    if (format.format().hasDelimiter() && !isNullText(format)) {
      throw new IllegalArgumentException(
          "the text for NULL is of ASCII characters without quotes, line ends and the delimiter");
    }
    if (!format.format().isText() && columns.isEmpty()) {
      throw new IllegalArgumentException(
          "rows of " + format.format() + " cannot be handed through as they came");
    }
    if (format.format() == Format.AVRO) {
      columns.forEach(TableLayout::requireAvro);
    }
    if (!compressions(format.format()).contains(format.compression())) {
      throw new IllegalArgumentException(
          "COPY reads no %s in %s: use one of %s"
              .formatted(format.format(), format.compression(), compressions(format.format())));
    }
  }

  /** See AVRO in "Data format parameters" and "File compression parameters" of the guide. */
  private static Set<Compression> compressions(Format format) {
    return switch (format) {
      case CSV, DELIMITED, JSON -> EnumSet.of(Compression.NONE, Compression.GZIP, Compression.ZSTD);
      case AVRO -> EnumSet.of(Compression.NONE, Compression.DEFLATE, Compression.SNAPPY);
      case PARQUET ->
          EnumSet.of(Compression.NONE, Compression.GZIP, Compression.SNAPPY, Compression.ZSTD);
    };
  }

  private static boolean isNullText(FileFormat format) {
    return format.nullAs().chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\'')
        && !format.nullAs().isEmpty()
        && !format.nullAs().contains(format.delimiter());
  }

  private static void requireAvro(LayoutColumn column) {
    if (column.type().kind() == ColumnType.Kind.SUPER) {
      throw new IllegalArgumentException(
          "column %s: super takes a text of Avro for a text, not for a document: use another format"
              .formatted(column.name()));
    }
    if (column.name().indexOf('$') >= 0) {
      throw new IllegalArgumentException(
          "column %s: a name in Avro has letters, digits and _ only".formatted(column.name()));
    }
  }
}
