package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.dialect.Translation.Kind;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;

/**
 * ALTER TABLE t APPEND FROM s: moves the rows of one table into another and commits. Source: "ALTER
 * TABLE APPEND" of the Redshift Database Developer Guide.
 */
final class AppendStatement {
  private static final String COMMAND = "ALTER TABLE APPEND";

  private AppendStatement() {}

  /** Whether this ALTER TABLE is one. */
  static boolean starts(List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    if (!cursor.accept("ALTER", "TABLE") || !cursor.peek().isName()) {
      return false;
    }
    name(cursor);
    return cursor.at("APPEND");
  }

  static Translation translate(List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.accept("ALTER", "TABLE");
    String target = name(cursor);
    cursor.expect("APPEND");
    cursor.expect("FROM");
    String source = name(cursor);
    String extra = "";
    if (cursor.at("IGNOREEXTRA") || cursor.at("FILLTARGET")) {
      extra = cursor.next().name();
    }
    if (!cursor.atEnd()) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
    return Translation.of(
            Kind.PASSED,
            "call redshift.append_rows(%s, %s, '%s')"
                .formatted(literal(target), literal(source), extra))
        .alone(COMMAND)
        .tagged("ALTER TABLE");
  }

  private static String name(TokenCursor cursor) {
    StringBuilder name = new StringBuilder(CopyStatement.quote(cursor.expectName().name()));
    while (cursor.acceptSymbol(".")) {
      name.append('.').append(CopyStatement.quote(cursor.expectName().name()));
    }
    return name.toString();
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
  }
}
