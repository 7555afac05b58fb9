package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What loads into tables in memory would do, which have any column. */
record InMemoryLoadPreview(Supplier<Set<TableName>> tables) implements LoadPreview {
  @Override
  public List<String> drift(TableName table, Collection<Column> columns) {
    return columns.isEmpty() || tables.get().contains(table)
        ? List.of()
        : List.of("CREATE TABLE " + table + " (" + Identifiers.definitions(columns) + ")");
  }

  @Override
  public List<String> allowed(TableName table, Collection<String> drift) {
    return List.of();
  }

  @Override
  public List<String> statements(TableName table, CopyRequest request) {
    return List.of(CopyStatement.of(table.toString(), request, CopyOptions.DEFAULT, "default"));
  }
}
