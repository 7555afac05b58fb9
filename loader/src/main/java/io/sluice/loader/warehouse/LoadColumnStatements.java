package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The statements of a load that writes its name into each of its rows: COPY can only take what the
 * files have, so it goes into a table like the target without that column, and from there into the
 * target with the name beside.
 *
 * <p>The staged table has the target's types, defaults and NOT NULL, so that COPY names the file
 * and the field that do not fit, as it does without staging.
 */
final class LoadColumnStatements implements Staging {
  private final TableName table;
  private final String loadColumn;
  private final List<String> columns;

  /**
   * @param loadColumn the column for the names of loads
   * @param columns the names of those that the files have
   */
  LoadColumnStatements(TableName table, String loadColumn, Collection<String> columns) {
    this.table = table;
    this.loadColumn = Identifiers.quoted(loadColumn);
    this.columns = List.copyOf(columns);
    if (columns.contains(loadColumn)) {
      throw new IllegalArgumentException(
          "the data of %s has a column %s of its own, which is to tell its loads apart"
              .formatted(table, loadColumn));
    }
  }

  @Override
  public List<String> prepare() {
    return List.of(
        "CREATE TEMP TABLE %s (LIKE %s INCLUDING DEFAULTS)".formatted(STAGED, table),
        "ALTER TABLE %s DROP COLUMN %s".formatted(STAGED, loadColumn));
  }

  @Override
  public Optional<String> countUnusable() {
    return Optional.empty();
  }

  @Override
  public List<String> merge(String loadId) {
    String all = Identifiers.list(columns);
    return List.of(
        "INSERT INTO %s (%s, %s) SELECT %s, %s FROM %s"
            .formatted(table, all, loadColumn, all, Identifiers.literal(loadId), STAGED),
        "DROP TABLE " + STAGED);
  }
}
