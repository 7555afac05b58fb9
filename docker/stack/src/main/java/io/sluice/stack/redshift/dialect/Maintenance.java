package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.dialect.Translation.Kind;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;

/**
 * VACUUM and ANALYZE with Redshift's options; without a table, where Redshift would work through
 * the whole database, nothing is done. TRUNCATE, which names one table. Source: the pages of these
 * commands in the Redshift Database Developer Guide.
 */
final class Maintenance {
  /** A statement that changes nothing that anyone could see. */
  private static final String NOTHING = "set redshift.maintenance to 'done'";

  private Maintenance() {}

  /** PostgreSQL's VACUUM takes no part in a pipeline; ANALYZE at least needs the same table. */
  static Translation vacuum(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.expect("VACUUM");
    if (cursor.accept("SORT") || cursor.accept("DELETE")) {
      cursor.expect("ONLY");
    } else if (!cursor.accept("FULL") && !cursor.accept("REINDEX")) {
      cursor.accept("RECLUSTER");
    }
    boolean named = cursor.peek().isName() && !cursor.at("TO") && !cursor.at("BOOST");
    String table = named ? name(sql, cursor) : "";
    if (cursor.accept("TO")) {
      cursor.expectInteger();
      cursor.expect("PERCENT");
    }
    cursor.accept("BOOST");
    expectEnd(cursor);
    return Translation.of(Kind.PASSED, named ? "analyze " + table : NOTHING)
        .alone("VACUUM")
        .tagged("VACUUM");
  }

  static Translation analyze(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.next();
    if (cursor.at("COMPRESSION")) {
      throw SqlRefusal.notSupported("ANALYZE COMPRESSION is not in the stand-in");
    }
    cursor.accept("VERBOSE");
    boolean named =
        cursor.peek().isName()
            && !cursor.at("PREDICATE", "COLUMNS")
            && !cursor.at("ALL", "COLUMNS");
    String table = named ? name(sql, cursor) : "";
    if (cursor.peek().isSymbol("(")) {
      int start = cursor.peek().start();
      table += sql.substring(start, cursor.skipParentheses().end());
    }
    if (!cursor.accept("PREDICATE", "COLUMNS")) {
      cursor.accept("ALL", "COLUMNS");
    }
    expectEnd(cursor);
    return Translation.of(Kind.PASSED, named ? "analyze " + table : NOTHING).tagged("ANALYZE");
  }

  static Translation truncate(String sql, List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.expect("TRUNCATE");
    cursor.accept("TABLE");
    String table = name(sql, cursor);
    expectEnd(cursor);
    return Translation.of(Kind.TRUNCATE, "truncate " + table);
  }

  private static String name(String sql, TokenCursor cursor) {
    int start = cursor.peek().start();
    int end = cursor.expectName().end();
    while (cursor.acceptSymbol(".")) {
      end = cursor.expectName().end();
    }
    return Expressions.rewrite(sql.substring(start, end));
  }

  private static void expectEnd(TokenCursor cursor) {
    if (!cursor.atEnd()) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
  }
}
