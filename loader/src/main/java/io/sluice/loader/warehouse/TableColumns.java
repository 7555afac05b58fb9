package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of a table as one writes them in DDL, by the description of a result that has no
 * rows: the catalog of the driver works in Redshift only.
 */
final class TableColumns {
  private TableColumns() {}

  static List<Column> of(Connection connection, TableSettings table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table.name() + " WHERE 1 = 0")) {
      ResultSetMetaData described = none.getMetaData();
      for (int i = 1; i <= described.getColumnCount(); i++) {
        String name = described.getColumnName(i).toLowerCase(Locale.ROOT);
        if (!table.loadColumn().map(name::equals).orElse(false)) {
          columns.add(new Column(name, type(described, i)));
        }
      }
    }
    return columns;
  }

  private static String type(ResultSetMetaData described, int column) throws SQLException {
    String name = described.getColumnTypeName(column).toLowerCase(Locale.ROOT);
    int length = described.getPrecision(column);
    return switch (name) {
      case "int2" -> "smallint";
      case "int4" -> "integer";
      case "int8" -> "bigint";
      case "float4" -> "real";
      case "float8" -> "double precision";
      case "bool" -> "boolean";
      case "bpchar" -> "char(" + length + ")";
      case "varchar", "varbyte" -> name + "(" + length + ")";
      case "numeric" -> "numeric(%d,%d)".formatted(length, described.getScale(column));
      default -> name;
    };
  }
}
