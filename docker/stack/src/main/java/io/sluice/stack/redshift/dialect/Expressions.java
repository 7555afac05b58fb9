package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.sql.Lexer;
import io.sluice.stack.redshift.sql.Token;
import java.util.List;

/** Spells Redshift's own words in expressions as PostgreSQL knows them. */
final class Expressions {
  private Expressions() {}

  /** The statement with its expressions rewritten. */
  static String rewrite(String sql, List<Token> statement) {
    Edits edits = new Edits();
    CatalogQuery.rewrite(statement, edits);
    Functions functions = new Functions(sql, statement, edits);
    for (int i = 0; i + 1 < statement.size(); i++) {
      Token token = statement.get(i);
      Token before = i == 0 ? null : statement.get(i - 1);
      boolean qualified = before != null && before.isSymbol(".");
      boolean called = statement.get(i + 1).isSymbol("(");
      if (token.kind() == Token.Kind.NUMBER && statement.get(i + 1).start() == token.end()) {
        // 1WHEN, which PostgreSQL took for two words up to version 14.
        separate(statement.get(i + 1), edits);
      }
      if (token.kind() != Token.Kind.WORD || qualified) {
        continue;
      }
      if (token.is("SELECT")) {
        TopClause.rewrite(statement, i, edits);
      }
      if (called) {
        functions.rewrite(i);
      } else {
        edit(token, statement.get(i + 1), edits);
      }
      if (before != null && (before.isSymbol("::") || before.is("AS"))) {
        editCast(before, token, statement.get(i + 1), edits);
      }
    }
    return edits.apply(sql, statement.get(0).start(), statement.get(statement.size() - 1).start());
  }

  private static void separate(Token following, Edits edits) {
    if (following.kind() == Token.Kind.WORD) {
      edits.replace(following.start(), following.start(), " ");
    }
  }

  /** The same for a piece of a statement. */
  static String rewrite(String expression) {
    return rewrite(expression, Lexer.tokens(expression));
  }

  private static void edit(Token token, Token following, Edits edits) {
    if (token.is("SYSDATE")) {
      edits.replace(token, "redshift.sysdate()");
    } else if (token.is("APPROXIMATE") && following.isName()) {
      edits.replace(token, "");
    } else if (token.text().startsWith("#")) {
      edits.replace(token, CopyStatement.quote(token.name()));
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
