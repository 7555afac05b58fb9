package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Gives a ledger that an earlier version has made the columns that came since. */
final class LedgerUpgrade {
  private LedgerUpgrade() {}

  /**
   * The statements for these ledgers, none for one that is complete or not there.
   *
   * @param connection in autocommit mode
   */
  static List<String> statements(Connection connection, Collection<String> ledgers)
      throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String ledger : ledgers) {
      Set<String> there = columns(connection, ledger);
      for (LedgerColumn column : LedgerColumn.values()) {
        if (!there.isEmpty() && !there.contains(column.columnName())) {
          statements.add("ALTER TABLE %s ADD COLUMN %s".formatted(ledger, column.definition()));
        }
      }
    }
    return statements;
  }

  private static Set<String> columns(Connection connection, String ledger) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + ledger + " WHERE 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
      }
    } catch (SQLException e) {
      if (!SqlFailures.isMissing(e)) {
        throw e;
      }
    }
    return names;
  }
}
