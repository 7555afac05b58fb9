package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;

/** The table that an INSERT, UPDATE, DELETE or MERGE writes to. */
final class WrittenTable {
  private WrittenTable() {}

  /** Whether the statement at the cursor writes rows. */
  static boolean starts(TokenCursor cursor) {
    return cursor.at("INSERT") || cursor.at("UPDATE") || cursor.at("DELETE");
  }

  /** The name behind the verb, with its schema if it has one. */
  static String quotedName(List<Token> statement) {
    TokenCursor cursor = new TokenCursor(statement);
    cursor.next();
    if (!cursor.accept("INTO")) {
      cursor.accept("FROM");
    }
    StringBuilder name = new StringBuilder(CopyStatement.quote(cursor.expectName().name()));
    while (cursor.acceptSymbol(".")) {
      name.append('.').append(CopyStatement.quote(cursor.expectName().name()));
    }
    return name.toString();
  }
}
