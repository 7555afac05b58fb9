package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tools ask of PostgreSQL 8's catalog and a later PostgreSQL does not understand: a column
 * that it has no more, and aliases in the WHERE clause and beside themselves, where Redshift's
 * driver puts them. Only queries of {@code pg_class} are touched, since in others an alias might
 * hide a column.
 */
final class CatalogQuery {
  private final List<Token> statement;
  private final Edits edits;

  private CatalogQuery(List<Token> statement, Edits edits) {
    this.statement = statement;
    this.edits = edits;
  }

  static void rewrite(List<Token> statement, Edits edits) {
    if (statement.stream().anyMatch(token -> token.is("PG_CLASS"))) {
      new CatalogQuery(statement, edits).rewrite();
    }
  }

  private void rewrite() {
    Map<String, String> columns = new HashMap<>();
    boolean where = false;
    for (int i = 2; i + 1 < statement.size(); i++) {
      Token token = statement.get(i);
      boolean qualified = statement.get(i - 1).isSymbol(".");
      if (token.is("RELHASOIDS") && qualified) {
        edits.replace(statement.get(i - 2).start(), token.end(), "false");
      }
      if (token.is("IS_AUTOINCREMENT") && statement.get(i + 1).is("AS")) {
        edits.replace(token, "'NO'");
      }
      if (!where && statement.get(i - 1).is("AS")) {
        alias(i, columns);
      }
      where = (where || token.is("WHERE")) && !token.is("ORDER");
      boolean plain = !qualified && !statement.get(i + 1).isSymbol(".");
      if (where && plain && token.kind() == Token.Kind.WORD && columns.containsKey(token.name())) {
        edits.replace(token, columns.get(token.name()));
      }
    }
  }

  /** Notes {@code table.column AS alias}, where the alias is at {@code index}. */
  private void alias(int index, Map<String, String> columns) {
    if (index >= 4 && statement.get(index - 3).isSymbol(".")) {
      Token table = statement.get(index - 4);
      Token column = statement.get(index - 2);
      columns.put(statement.get(index).name(), table.text() + "." + column.text());
    }
  }
}
