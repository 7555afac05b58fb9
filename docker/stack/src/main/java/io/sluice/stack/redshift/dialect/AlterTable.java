package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Set;

/**
 * ALTER TABLE: keys and physical attributes are accepted and change nothing, columns keep counting
 * bytes.
 */
final class AlterTable {
  /** Says ALTER TABLE and changes nothing that anyone could see. */
  private static final String NO_CHANGE = " SET WITHOUT CLUSTER";

  private AlterTable() {}

  /** Whether a column gets another type, which Redshift does outside of transaction blocks only. */
  static boolean changesAType(List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    if (!cursor.at("ALTER", "TABLE")) {
      return false;
    }
    while (!cursor.atEnd()) {
      if (cursor.next().is("ALTER") && (cursor.accept("COLUMN") || cursor.peek().isName())) {
        cursor.next();
        if (cursor.at("TYPE")) {
          return true;
        }
      }
    }
    return false;
  }

  static String rewrite(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    int start = cursor.peek().start();
    cursor.accept("ALTER", "TABLE");
    cursor.accept("IF", "EXISTS");
    Token name = cursor.expectName();
    while (cursor.acceptSymbol(".")) {
      name = cursor.expectName();
    }
    String head = sql.substring(start, name.end());
    if (cursor.at("ADD")) {
      return head + add(sql, name.name(), statement, cursor);
    }
    if (cursor.at("ALTER")) {
      return head + alter(sql, statement, cursor);
    }
    if (cursor.at("DROP", "CONSTRAINT")) {
      return head + NO_CHANGE;
    }
    return sql.substring(start, end(statement));
  }

  private static String add(String sql, String table, List<Token> statement, TokenCursor cursor) {
    cursor.expect("ADD");
    List<Token> rest = from(statement, cursor.peek());
    if (TableConstraint.starts(rest)) {
      return NO_CHANGE;
    }
    cursor.accept("COLUMN");
    return " ADD COLUMN "
        + ColumnDefinition.rewrite(sql, table, from(statement, cursor.peek()), Set.of());
  }

  private static String alter(String sql, List<Token> statement, TokenCursor cursor) {
    Token alter = cursor.peek();
    cursor.expect("ALTER");
    boolean physical =
        cursor.at("DISTSTYLE")
            || cursor.at("DISTKEY")
            || cursor.at("SORTKEY")
            || cursor.at("COMPOUND");
    if (physical || cursor.at("ENCODE")) {
      return NO_CHANGE;
    }
    cursor.accept("COLUMN");
    Token column = cursor.expectName();
    if (cursor.at("ENCODE")) {
      return NO_CHANGE;
    }
    if (!cursor.accept("TYPE")) {
      return " " + sql.substring(alter.start(), end(statement));
    }
    ColumnTypeName type = ColumnTypeName.parse(sql, cursor);
    return " DROP CONSTRAINT IF EXISTS %s, ALTER COLUMN %s TYPE %s%s"
        .formatted(
            ColumnTypeName.checkName(column.name()),
            column.text(),
            type.sql(),
            type.byteCheck(column.name()).map(check -> ", ADD " + check).orElse(""));
  }

  private static List<Token> from(List<Token> statement, Token first) {
    return statement.subList(statement.indexOf(first), statement.size());
  }

  private static int end(List<Token> statement) {
    return statement.get(statement.size() - 1).start();
  }
}
