package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.List;

/**
 * MERGE in the two forms that Redshift has: both WHEN clauses without further conditions, or REMOVE
 * DUPLICATES. Source: "MERGE" of the Redshift Database Developer Guide.
 */
final class MergeStatement {
  private static final String TAG = "MERGE";

  private final String sql;
  private final List<Token> statement;
  private final TokenCursor cursor;

  private MergeStatement(String sql, List<Token> statement) {
    this.sql = sql;
    this.statement = statement;
    this.cursor = new TokenCursor(statement);
  }

  static Translation translate(String sql, List<Token> statement) {
    return new MergeStatement(sql, statement).translate();
  }

  private Translation translate() {
    String written = WrittenTable.quotedName(statement);
    cursor.expect("MERGE");
    cursor.expect("INTO");
    String target = relation();
    cursor.expect("USING");
    if (cursor.peek().isSymbol("(")) {
      throw SqlRefusal.notSupported("Source view/subquery in Merge statement is not supported.");
    }
    String source = relation();
    if (cursor.accept("AS") || !cursor.at("ON")) {
      source += " " + cursor.expectName().text();
    }
    cursor.expect("ON");
    String condition = upToClause();
    if (cursor.accept("REMOVE")) {
      cursor.expect("DUPLICATES");
      expectEnd();
      return Translation.change(withoutDuplicates(target, source, condition), written).tagged(TAG);
    }
    checkClauses();
    return Translation.change(Expressions.rewrite(sql, statement), written);
  }

  private String relation() {
    int start = cursor.peek().start();
    int end = cursor.expectName().end();
    while (cursor.acceptSymbol(".")) {
      end = cursor.expectName().end();
    }
    return Expressions.rewrite(sql.substring(start, end));
  }

  /**
   * The target's rows that match are replaced by the source's, each of which comes once. The parts
   * of one statement see the same rows, so that the new ones are not deleted.
   */
  private static String withoutDuplicates(String target, String source, String condition) {
    return "WITH matched AS (DELETE FROM %s USING %s WHERE %s) INSERT INTO %s SELECT DISTINCT * FROM %s"
        .formatted(target, source, condition, target, source);
  }

  private void checkClauses() {
    expect("WHEN", "MATCHED", "THEN");
    if (!cursor.accept("DELETE")) {
      expect("UPDATE", "SET");
    }
    upToClause();
    expect("WHEN", "NOT", "MATCHED", "THEN", "INSERT");
    upToClause();
    expectEnd();
  }

  /** The text up to the next WHEN or REMOVE that belongs to no CASE and to no parentheses. */
  private String upToClause() {
    int start = cursor.peek().start();
    int end = start;
    int cases = 0;
    while (!cursor.atEnd() && (cases > 0 || !(cursor.at("WHEN") || cursor.at("REMOVE")))) {
      cases += cursor.at("CASE") ? 1 : cursor.at("END") ? -1 : 0;
      end = cursor.peek().isSymbol("(") ? cursor.skipParentheses().end() : cursor.next().end();
    }
    return Expressions.rewrite(sql.substring(start, end));
  }

  private void expect(String... words) {
    for (String word : words) {
      cursor.expect(word);
    }
  }

  private void expectEnd() {
    if (!cursor.atEnd()) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
  }
}
