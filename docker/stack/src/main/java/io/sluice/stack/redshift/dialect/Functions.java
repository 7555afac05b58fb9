package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Calls that Redshift writes as PostgreSQL cannot read them: date parts without quotes, DECODE of
 * many arguments, LISTAGG with its order outside.
 */
final class Functions {
  private static final Set<String> WITH_DATE_PART =
      Set.of("dateadd", "datediff", "date_part", "date_trunc", "timestampadd", "timestampdiff");

  private final String sql;
  private final List<Token> statement;
  private final Edits edits;

  Functions(String sql, List<Token> statement, Edits edits) {
    this.sql = sql;
    this.statement = statement;
    this.edits = edits;
  }

  /** Rewrites the call whose name is at {@code index}, with its parenthesis behind it. */
  void rewrite(int index) {
    Token name = statement.get(index);
    String function = name.text().toLowerCase(Locale.ROOT);
    Token first = statement.get(Math.min(index + 2, statement.size() - 1));
    if (WITH_DATE_PART.contains(function) && first.kind() == Token.Kind.WORD) {
      edits.replace(first, "'" + first.text() + "'");
      return;
    }
    switch (function) {
      case "version" -> edits.replace(name, "redshift.version");
      case "json_serialize" -> edits.replace(name, "redshift.json_serialize");
      case "avg" -> edits.replace(name, "redshift.avg");
      case "concat" -> edits.replace(name, "redshift.concat");
      case "regexp_replace" -> edits.replace(name, "redshift.regexp_replace");
      case "nvl", "isnull" -> edits.replace(name, "coalesce");
      case "decode" -> decode(index);
      case "listagg" -> listagg(index);
      default -> {}
    }
  }

  /**
   * DECODE(a, b, c, ..., z) is CASE a WHEN b THEN c ... ELSE z END; with two arguments it is
   * another.
   */
  private void decode(int index) {
    List<Token> commas = commas(index + 1);
    if (commas.size() < 2) {
      return;
    }
    Token close = statement.get(closing(index + 1));
    edits.replace(statement.get(index).start(), statement.get(index + 1).end(), "(case ");
    for (int i = 0; i < commas.size(); i++) {
      boolean last = i == commas.size() - 1;
      String word = i % 2 == 1 ? " then " : last ? " else " : " when ";
      edits.replace(commas.get(i), word);
    }
    edits.replace(close, " end)");
  }

  /** LISTAGG(a, b) WITHIN GROUP (ORDER BY c) is STRING_AGG((a)::text, b ORDER BY c). */
  private void listagg(int index) {
    int open = index + 1;
    int close = closing(open);
    List<Token> commas = commas(open);
    edits.replace(statement.get(index), "string_agg");
    int value = statement.get(open + 1).is("DISTINCT") ? open + 2 : open + 1;
    if (value > open + 1) {
      edits.replace(statement.get(open + 1), "distinct ");
    }
    edits.replace(statement.get(value).start(), statement.get(value).start(), "(");
    String delimiter = commas.isEmpty() ? ")::text, ''" : "";
    if (!commas.isEmpty()) {
      edits.replace(commas.get(0), ")::text,");
    }
    TokenCursor after = new TokenCursor(statement.subList(close + 1, statement.size()));
    String order = "";
    if (after.at("WITHIN", "GROUP")) {
      int group = closing(close + 3);
      order =
          " "
              + Expressions.rewrite(
                  sql.substring(statement.get(close + 3).end(), statement.get(group).start()));
      edits.remove(statement.get(close + 1), statement.get(group));
    }
    edits.replace(statement.get(close), delimiter + order + ")");
  }

  /** The commas between the arguments of the call whose parenthesis opens at {@code open}. */
  private List<Token> commas(int open) {
    List<Token> commas = new ArrayList<>();
    int depth = 0;
    for (Token token : statement.subList(open, closing(open))) {
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth == 1 && token.isSymbol(",")) {
        commas.add(token);
      }
    }
    return commas;
  }

  private int closing(int open) {
    List<Token> rest = statement.subList(open, statement.size());
    return open + rest.indexOf(new TokenCursor(rest).skipParentheses());
  }
}
