package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names and literals in SQL. Redshift folds names to lower case, quoted ones too. */
final class Identifiers {
  private static final int LONGEST = 127;

  private Identifiers() {}

  /** A column's name as the warehouse has it. */
  static String folded(String name) {
    if (name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException("must be the name of a column");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  static String quoted(String name) {
    return '"' + name.toLowerCase(Locale.ROOT).replace("\"", "\"\"") + '"';
  }

  /** Names in quotes, with commas between them. */
  static String list(Collection<String> names) {
    return names.stream().map(Identifiers::quoted).collect(Collectors.joining(", "));
  }

  static List<String> names(Collection<Column> columns) {
    return columns.stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Columns as a table's definition has them. */
  static String definitions(Collection<Column> columns) {
    return columns.stream()
        .map(column -> quoted(column.name()) + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
