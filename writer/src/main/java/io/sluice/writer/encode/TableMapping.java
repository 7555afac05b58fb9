package io.sluice.writer.encode;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.io.Serializable;
import java.util.List;

/** The rows of one table: its name and how each column is filled. */
public record TableMapping(TableName name, List<ColumnMapping> columns) implements Serializable {
  public TableMapping {
    columns = List.copyOf(columns);
    if (columns.stream().map(ColumnMapping::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("table " + name + " names a column twice");
    }
  }

  /** Reads a section {@code { name, columns = [ ... ] }}. */
  public static TableMapping read(Settings settings) {
    TableName name = settings.parsed("name", TableName::parse);
    List<ColumnMapping> columns = settings.sections("columns", ColumnMapping::read);
    return settings.valid(() -> new TableMapping(name, columns));
  }

  /** The columns as manifests carry them. */
  public List<Column> manifestColumns() {
    return columns.stream().map(ColumnMapping::column).toList();
  }
}
