package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.Token.Kind;
import java.util.List;

/** SELECT TOP n, which PostgreSQL writes as LIMIT n at the end of the same query. */
final class TopClause {
  private TopClause() {}

  /** Moves the clause if one stands behind the SELECT at {@code index}. */
  static void rewrite(List<Token> statement, int index, Edits edits) {
    int top = index + 1;
    if (statement.get(top).is("DISTINCT") || statement.get(top).is("ALL")) {
      top++;
    }
    if (!statement.get(top).is("TOP") || statement.get(top + 1).kind() != Kind.NUMBER) {
      return;
    }
    edits.remove(statement.get(top), statement.get(top + 1));
    Token end = end(statement, top);
    edits.replace(end.start(), end.start(), " limit " + statement.get(top + 1).text());
  }

  /** The parenthesis that closes the query, or the statement's end. */
  private static Token end(List<Token> statement, int from) {
    int depth = 0;
    for (Token token : statement.subList(from, statement.size())) {
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth < 0) {
        return token;
      }
    }
    return statement.get(statement.size() - 1);
  }
}
