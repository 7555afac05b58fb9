package io.sluice.writer.map.table;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.map.value.ColumnMapping;
import java.io.Serializable;
import java.util.List;

/**
 * One table that rows are for: its files, and how each column is filled.
 *
 * @param layout how its rows lie in files
 * @param plain whether a record is a row just as it is, so that no column is filled
 * @param columns in the order of the layout's; empty when the table is plain
 */
public record TableMapping(TableLayout layout, boolean plain, List<ColumnMapping> columns)
    implements Serializable {
  public TableMapping {
    requireNonNull(layout, "layout");
    columns = List.copyOf(columns);
    if (plain && !layout.format().format().isText()) {
      throw new IllegalArgumentException(
          "plain rows are text: use the format json, csv or delimited");
    }
    if (plain && layout.format().format() == Format.JSON && !layout.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "plain JSON has its columns' names in each row: leave columns out");
    }
  }

  /** A table whose columns are filled. */
  public static TableMapping of(
      TableName name, FileFormat format, int compressionLevel, List<ColumnMapping> columns) {
    List<LayoutColumn> layout =
        columns.stream().map(column -> new LayoutColumn(column.name(), column.type())).toList();
    if (layout.isEmpty()) {
      throw new IllegalArgumentException("table " + name + " has no columns");
    }
    requireNoNullConstants(format, columns);
    return new TableMapping(
        new TableLayout(name, layout, format, compressionLevel), false, columns);
  }

  /**
   * A table whose records are rows just as they are.
   *
   * @param columns the order of the fields; empty for that of the warehouse's table
   */
  public static TableMapping plain(
      TableName name, FileFormat format, int compressionLevel, List<LayoutColumn> columns) {
    return new TableMapping(
        new TableLayout(name, columns, format, compressionLevel), true, List.of());
  }

  public TableName name() {
    return layout.name();
  }

  private static void requireNoNullConstants(FileFormat format, List<ColumnMapping> columns) {
    for (ColumnMapping column : columns) {
      String text = column.constant() != null ? column.constant() : column.fallback();
      boolean isText =
          column.type().kind() == ColumnType.Kind.VARCHAR
              || column.type().kind() == ColumnType.Kind.CHAR;
      if (isText && text != null && text.equals(format.nullAs())) {
        throw new IllegalArgumentException(
            "column " + column.name() + ": the text " + text + " would be read as NULL");
      }
    }
  }
}
