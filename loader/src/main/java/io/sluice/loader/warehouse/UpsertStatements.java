package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements of an upsert: COPY goes into a temporary table; of each key the newest row is
 * kept, unless the table has a newer one; what it replaces is deleted, the rest inserted. See
 * "Merge example: replace existing rows" in the Amazon Redshift Database Developer Guide.
 *
 * <p>A row that is deleted leaves its key and order in a table of deletions, so that an older row
 * which arrives later does not bring it back.
 */
final class UpsertStatements implements Staging {
  private static final String NEWEST = "sluice_newest";

  private final TableName table;
  private final Upsert upsert;
  private final List<Column> columns;
  private final String deletions;

  /**
   * @param columns of the manifest
   * @param deletions the table of what was deleted
   * @throws IllegalArgumentException that says which column of the settings the manifest has not
   */
  UpsertStatements(TableName table, Upsert upsert, Collection<Column> columns, String deletions) {
    this.table = table;
    this.upsert = upsert;
    this.columns = List.copyOf(columns);
    this.deletions = deletions;
    List<String> needed = new ArrayList<>(upsert.keys());
    needed.add(upsert.order());
    upsert.deleteFlag().ifPresent(needed::add);
    needed.removeAll(Identifiers.names(columns));
    if (!needed.isEmpty()) {
      throw new IllegalArgumentException(
          "the upsert of %s needs the columns %s, which its data has not (it has %s)"
              .formatted(table, needed, Identifiers.names(columns)));
    }
  }

  @Override
  public List<String> prepare() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TEMP TABLE " + STAGED + " (" + Identifiers.definitions(columns) + ")");
    if (upsert.deleteFlag().isPresent()) {
      List<Column> kept =
          columns.stream()
              .filter(
                  column -> {
                    String name = column.name().toLowerCase(Locale.ROOT);
                    return upsert.keys().contains(name) || upsert.order().equals(name);
                  })
              .toList();
      statements.add(
          "CREATE TABLE IF NOT EXISTS " + deletions + " (" + Identifiers.definitions(kept) + ")");
    }
    return statements;
  }

  /** How many staged rows have no key or no order: they can replace nothing. */
  @Override
  public Optional<String> countUnusable() {
    List<String> needed = new ArrayList<>(upsert.keys());
    needed.add(upsert.order());
    return Optional.of(
        "SELECT COUNT(*) FROM "
            + STAGED
            + " WHERE "
            + needed.stream()
                .map(name -> Identifiers.quoted(name) + " IS NULL")
                .collect(Collectors.joining(" OR ")));
  }

  @Override
  public List<String> merge(String loadId) {
    List<String> statements = new ArrayList<>();
    String all = Identifiers.list(Identifiers.names(columns));
    String keys = Identifiers.list(upsert.keys());
    String order = Identifiers.quoted(upsert.order());
    statements.add(
        "CREATE TEMP TABLE %s AS SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s DESC) AS sluice_place FROM %s) AS ranked WHERE sluice_place = 1"
            .formatted(NEWEST, all, all, keys, order, STAGED));
    statements.add(deleteOlderThan(table.toString()));
    if (upsert.deleteFlag().isPresent()) {
      statements.add(deleteOlderThan(deletions));
    }
    statements.add(deleteReplaced(table.toString(), table.table()));
    String inserted = all;
    String where = "";
    if (upsert.deleteFlag().isPresent()) {
      String flag = Identifiers.quoted(upsert.deleteFlag().get());
      String remembered = keys + ", " + order;
      statements.add(deleteReplaced(deletions, deletions.substring(deletions.indexOf('.') + 1)));
      statements.add(
          "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s IS TRUE"
              .formatted(deletions, remembered, remembered, NEWEST, flag));
      List<String> kept = new ArrayList<>(Identifiers.names(columns));
      kept.remove(upsert.deleteFlag().get());
      inserted = Identifiers.list(kept);
      where = " WHERE " + flag + " IS NOT TRUE";
    }
    statements.add(
        "INSERT INTO %s (%s) SELECT %s FROM %s%s"
            .formatted(table, inserted, inserted, NEWEST, where));
    return statements;
  }

  /** Arrivals that something newer is known of. */
  private String deleteOlderThan(String known) {
    String order = Identifiers.quoted(upsert.order());
    return "DELETE FROM %s USING %s AS known WHERE %s AND known.%s > %s.%s"
        .formatted(NEWEST, known, sameKey("known"), order, NEWEST, order);
  }

  private String deleteReplaced(String from, String unqualified) {
    return "DELETE FROM %s USING %s WHERE %s".formatted(from, NEWEST, sameKey(unqualified));
  }

  private String sameKey(String other) {
    return upsert.keys().stream()
        .map(Identifiers::quoted)
        .map(key -> "%s.%s = %s.%s".formatted(other, key, NEWEST, key))
        .collect(Collectors.joining(" AND "));
  }
}
