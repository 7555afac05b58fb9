package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Constraints of a table: Redshift takes keys as advice to its planner and enforces none of them.
 */
final class TableConstraint {
  private TableConstraint() {}

  /** Whether the element is a constraint and no column; CHECK, which Redshift lacks, is refused. */
  static boolean starts(List<Token> element) {
    TokenCursor cursor = new TokenCursor(element);
    skipName(cursor);
    if (cursor.at("CHECK") && cursor.peek(1).isSymbol("(")) {
      throw SqlRefusal.notSupported("CHECK constraints are not supported");
    }
    return cursor.at("PRIMARY", "KEY")
        || cursor.at("FOREIGN", "KEY")
        || (cursor.at("UNIQUE") && cursor.peek(1).isSymbol("("));
  }

  /**
   * The columns of a primary key, which are NOT NULL on Redshift, too; empty for any other element.
   */
  static List<String> primaryKeyColumns(List<Token> element) {
    TokenCursor cursor = new TokenCursor(element);
    skipName(cursor);
    List<String> columns = new ArrayList<>();
    if (cursor.accept("PRIMARY", "KEY")) {
      cursor.expectSymbol("(");
      do {
        columns.add(cursor.expectName().name());
      } while (cursor.acceptSymbol(","));
    }
    return columns;
  }

  private static void skipName(TokenCursor cursor) {
    if (cursor.accept("CONSTRAINT")) {
      cursor.expectName();
    }
  }
}
