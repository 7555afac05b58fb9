package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Lexer;
import io.sluice.stack.redshift.sql.Token;
import java.util.List;

/** Spells Redshift's own words in expressions as PostgreSQL knows them. */
final class Expressions {
  private Expressions() {}

  /** The statement with its expressions rewritten. */
  static String rewrite(String sql, List<Token> statement) {
    Edits edits = new Edits();
    for (int i = 0; i + 1 < statement.size(); i++) {
      Token before = i == 0 ? null : statement.get(i - 1);
      edit(before, statement.get(i), statement.get(i + 1), edits);
    }
    return edits.apply(sql, statement.get(0).start(), statement.get(statement.size() - 1).start());
  }

  /** The same for a piece of a statement. */
  static String rewrite(String expression) {
    return rewrite(expression, Lexer.tokens(expression));
  }

  private static void edit(Token before, Token token, Token following, Edits edits) {
    boolean called = following.isSymbol("(");
    boolean qualified = before != null && before.isSymbol(".");
    if (qualified) {
      return;
    }
    if (token.is("SYSDATE") && !called) {
      edits.replace(token, "redshift.sysdate()");
    } else if (token.is("VERSION") && called) {
      edits.replace(token, "redshift.version");
    } else if (token.is("NVL") && called) {
      edits.replace(token, "coalesce");
    } else if (before != null && (before.isSymbol("::") || before.is("AS")) && token.isName()) {
      editCast(before, token, following, edits);
    }
  }

  /**
   * {@code x::super} and {@code cast(x as super)}; after AS only where a closing parenthesis shows
   * a cast.
   */
  private static void editCast(Token before, Token token, Token following, Edits edits) {
    if (before.is("AS") && !following.isSymbol(")")) {
      return;
    }
    if (token.is("SUPER")) {
      edits.replace(token, "jsonb");
    } else if (token.is("VARBYTE") || token.is("VARBINARY")) {
      edits.replace(token, "bytea");
    }
  }
}
