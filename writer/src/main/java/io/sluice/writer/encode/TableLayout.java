package io.sluice.writer.encode;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import java.io.Serializable;
import java.util.List;

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
  }

  /** The columns as manifests carry them. */
  public List<Column> manifestColumns() {
    return columns.stream()
        .map(column -> new Column(column.name(), column.type().toString()))
        .toList();
  }
}
