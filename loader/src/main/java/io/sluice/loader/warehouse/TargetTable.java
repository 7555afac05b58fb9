package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that bring a table to the columns of a manifest. The flag that says that a row is
 * to be deleted is none of the table's columns; the column for the names of loads is one, though no
 * manifest has it.
 */
final class TargetTable {
  private static final int NAME = 1;

  /** As long as the ledger's own. */
  private static final String LOAD_ID = "varchar(64)";

  private final TableSettings settings;

  TargetTable(TableSettings settings) {
    this.settings = settings;
  }

  /** The table's columns as a manifest of these makes them. */
  List<Column> columns(Collection<Column> columns) {
    Optional<String> flag = settings.upsert().flatMap(Upsert::deleteFlag);
    List<Column> all = new ArrayList<>(columns);
    all.removeIf(column -> flag.equals(Optional.of(column.name().toLowerCase(Locale.ROOT))));
    settings.loadColumn().ifPresent(name -> all.add(new Column(name, LOAD_ID)));
    return all;
  }

  /** The names of the columns that files of these columns have: without any, the table's own. */
  Collection<String> copied(Connection connection, Collection<Column> columns) throws SQLException {
    if (!columns.isEmpty()) {
      return Identifiers.names(columns);
    }
    Set<String> all = present(connection);
    settings.loadColumn().ifPresent(all::remove);
    return all;
  }

  /**
   * What is missing, as statements, none when the table has all: CREATE TABLE for the whole table,
   * else one ALTER TABLE a column, for Redshift takes one at a time.
   */
  List<String> missing(Connection connection, Collection<Column> columns) throws SQLException {
    Set<String> present = present(connection);
    if (present.isEmpty()) {
      return List.of(create(columns));
    }
    List<String> statements = new ArrayList<>();
    for (Column column : columns(columns)) {
      if (!present.contains(column.name().toLowerCase(Locale.ROOT))) {
        statements.add(
            "ALTER TABLE "
                + settings.name()
                + " ADD COLUMN "
                + Identifiers.definitions(List.of(column)));
      }
    }
    return statements;
  }

  /** The statement for the column of loads, if the table is there and lacks it. */
  Optional<String> missingLoadColumn(Connection connection) throws SQLException {
    if (settings.loadColumn().isEmpty() || settings.layout().addColumns()) {
      return Optional.empty();
    }
    Set<String> present = present(connection);
    return present.isEmpty() || present.contains(settings.loadColumn().get())
        ? Optional.empty()
        : missing(connection, List.of()).stream().findFirst();
  }

  private String create(Collection<Column> columns) {
    StringBuilder sql = new StringBuilder("CREATE TABLE ").append(settings.name());
    sql.append(" (").append(Identifiers.definitions(columns(columns))).append(')');
    settings
        .layout()
        .distKey()
        .ifPresent(
            key ->
                sql.append(" DISTSTYLE KEY DISTKEY (").append(Identifiers.quoted(key)).append(')'));
    if (!settings.layout().sortKey().isEmpty()) {
      sql.append(" SORTKEY (").append(Identifiers.list(settings.layout().sortKey())).append(')');
    }
    return sql.toString();
  }

  /**
   * The table's columns in their order, none when there is no such table, or none that this user
   * may see.
   */
  private Set<String> present(Connection connection) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT column_name FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position")) {
      statement.setString(1, settings.name().schema());
      statement.setString(2, settings.name().table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(NAME).toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
