package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.Token.Kind;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE TABLE, plain or AS a query: keys and physical attributes go, columns are spelt anew. */
final class CreateTable {
  private final String sql;
  private final TokenCursor cursor;
  private String table;

  private CreateTable(String sql, List<Token> statement) {
    this.sql = sql;
    this.cursor = new TokenCursor(statement);
  }

  /** Whether the statement at the cursor is a CREATE TABLE. */
  static boolean starts(TokenCursor cursor) {
    if (!cursor.at("CREATE")) {
      return false;
    }
    int table = 1;
    while (isKindOfTable(cursor.peek(table))) {
      table++;
    }
    return cursor.peek(table).is("TABLE");
  }

  private static boolean isKindOfTable(Token token) {
    return token.is("TEMP") || token.is("TEMPORARY") || token.is("LOCAL");
  }

  static String rewrite(String sql, List<Token> statement) {
    return new CreateTable(sql, statement).rewrite();
  }

  private String rewrite() {
    int start = cursor.peek().start();
    while (!cursor.accept("TABLE")) {
      cursor.next();
    }
    cursor.accept("IF", "NOT", "EXISTS");
    Token name = cursor.expectName();
    while (cursor.acceptSymbol(".")) {
      name = cursor.expectName();
    }
    String head = sql.substring(start, name.end());
    if (name.text().startsWith("#")) {
      head = "create temp table " + CopyStatement.quote(name.name());
    }
    table = name.name();
    StringBuilder result = new StringBuilder(head);
    if (cursor.peek().isSymbol("(")) {
      result.append(" (").append(String.join(", ", elements())).append(')');
    }
    skipAttributes();
    if (!cursor.atEnd() && !cursor.at("AS")) {
      throw SqlRefusal.syntaxAt(cursor.peek());
    }
    int rest = cursor.peek().start();
    while (!cursor.atEnd()) {
      cursor.next();
    }
    String tail = sql.substring(rest, cursor.peek().start()).strip();
    return tail.isEmpty() ? result.toString() : result + " " + Expressions.rewrite(tail);
  }

  private List<String> elements() {
    List<List<Token>> parts = split();
    Set<String> primaryKey = new HashSet<>();
    for (List<Token> part : parts) {
      primaryKey.addAll(TableConstraint.primaryKeyColumns(part));
    }
    List<String> result = new ArrayList<>();
    for (List<Token> part : parts) {
      if (part.get(0).is("LIKE")) {
        result.add(sql.substring(part.get(0).start(), end(part)) + " INCLUDING CONSTRAINTS");
      } else if (!TableConstraint.starts(part)) {
        result.add(ColumnDefinition.rewrite(sql, table, part, primaryKey));
      }
    }
    return result;
  }

  /** The elements between the parentheses, each closed by an END. */
  private List<List<Token>> split() {
    List<List<Token>> parts = new ArrayList<>();
    List<Token> part = new ArrayList<>();
    cursor.expectSymbol("(");
    int depth = 1;
    while (depth > 0) {
      Token token = cursor.peek();
      if (token.kind() == Kind.END) {
        cursor.expectSymbol(")");
      }
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      cursor.next();
      boolean ends = depth == 0 || (depth == 1 && token.isSymbol(","));
      part.add(ends ? new Token(Kind.END, "", token.start(), token.start()) : token);
      if (ends) {
        parts.add(part);
        part = new ArrayList<>();
      }
    }
    return parts;
  }

  private void skipAttributes() {
    while (true) {
      if (cursor.accept("BACKUP") || cursor.accept("DISTSTYLE") || cursor.accept("ENCODE")) {
        cursor.expectName();
      } else if (cursor.accept("DISTKEY")) {
        cursor.skipParentheses();
      } else if (cursor.at("SORTKEY") || cursor.at("COMPOUND") || cursor.at("INTERLEAVED")) {
        skipSortKey();
      } else {
        return;
      }
    }
  }

  private void skipSortKey() {
    if (!cursor.accept("COMPOUND")) {
      cursor.accept("INTERLEAVED");
    }
    cursor.expect("SORTKEY");
    if (!cursor.accept("AUTO")) {
      cursor.skipParentheses();
    }
  }

  private static int end(List<Token> part) {
    return part.get(part.size() - 2).end();
  }
}
