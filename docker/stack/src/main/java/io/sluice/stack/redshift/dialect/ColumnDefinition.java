package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;
import java.util.Set;

/** One column of CREATE TABLE or ADD COLUMN. */
final class ColumnDefinition {
  private final String sql;
  private final String table;
  private final TokenCursor cursor;
  private boolean notNull;
  private String identity = "";
  private String defaultValue = "";

  private ColumnDefinition(String sql, String table, List<Token> element) {
    this.sql = sql;
    this.table = table;
    this.cursor = new TokenCursor(element);
  }

  /** The column as PostgreSQL takes it; a bare name, as before AS a query, stays as it is. */
  static String rewrite(String sql, String table, List<Token> element, Set<String> primaryKey) {
    return new ColumnDefinition(sql, table, element).rewrite(primaryKey);
  }

  private String rewrite(Set<String> primaryKey) {
    Token name = cursor.expectName();
    if (cursor.atEnd()) {
      return name.text();
    }
    ColumnTypeName.checkSupported(table, name, cursor);
    ColumnTypeName type = ColumnTypeName.parse(sql, cursor);
    notNull = primaryKey.contains(name.name());
    while (!cursor.atEnd()) {
      attribute();
    }
    return name.text()
        + " "
        + type.sql()
        + defaultValue
        + (notNull ? " NOT NULL" : "")
        + identity
        + type.byteCheck(name.name()).map(check -> " " + check).orElse("");
  }

  private void attribute() {
    if (cursor.accept("NOT", "NULL")) {
      notNull = true;
    } else if (cursor.accept("PRIMARY", "KEY")) {
      notNull = true;
    } else if (cursor.accept("ENCODE") || cursor.accept("COLLATE")) {
      cursor.expectName();
    } else if (cursor.accept("DEFAULT")) {
      defaultValue = " DEFAULT " + Expressions.rewrite(defaultExpression());
    } else if (cursor.accept("IDENTITY")) {
      identity = identity("ALWAYS");
    } else if (cursor.accept("GENERATED", "BY", "DEFAULT", "AS", "IDENTITY")) {
      identity = identity("BY DEFAULT");
    } else if (cursor.accept("REFERENCES")) {
      skipReference();
    } else if (!(cursor.accept("NULL")
        || cursor.accept("UNIQUE")
        || cursor.accept("DISTKEY")
        || cursor.accept("SORTKEY"))) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
  }

  private String defaultExpression() {
    int start = cursor.peek().start();
    int end = start;
    while (!cursor.atEnd() && !startsAttribute()) {
      end = cursor.peek().isSymbol("(") ? cursor.skipParentheses().end() : cursor.next().end();
    }
    if (end == start) {
      // DEFAULT NULL: the only default that looks like an attribute.
      end = cursor.next().end();
    }
    return sql.substring(start, end);
  }

  private boolean startsAttribute() {
    return cursor.at("NOT", "NULL")
        || cursor.at("NULL")
        || cursor.at("PRIMARY", "KEY")
        || cursor.at("ENCODE")
        || cursor.at("COLLATE")
        || cursor.at("IDENTITY")
        || cursor.at("GENERATED")
        || cursor.at("REFERENCES")
        || cursor.at("UNIQUE")
        || cursor.at("DISTKEY")
        || cursor.at("SORTKEY");
  }

  private String identity(String mode) {
    cursor.expectSymbol("(");
    long seed = signedInteger();
    cursor.expectSymbol(",");
    long step = signedInteger();
    cursor.expectSymbol(")");
    String bound = step > 0 ? " MINVALUE " + Math.min(seed, 1) : " MAXVALUE " + Math.max(seed, -1);
    return " GENERATED %s AS IDENTITY (START WITH %d INCREMENT BY %d%s)"
        .formatted(mode, seed, step, bound);
  }

  private long signedInteger() {
    boolean negative = cursor.acceptSymbol("-");
    long value = cursor.expectInteger();
    return negative ? -value : value;
  }

  private void skipReference() {
    cursor.expectName();
    while (cursor.acceptSymbol(".")) {
      cursor.expectName();
    }
    if (cursor.peek().isSymbol("(")) {
      cursor.skipParentheses();
    }
  }
}
