package io.sluice.stack.redshift.sql;

import io.sluice.stack.redshift.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Cuts a text of SQL into tokens, by PostgreSQL's lexical rules as of version 8.0, on which
 * Redshift rests: a backslash escapes in every string. A name may begin with {@code #}, as a
 * temporary table's does.
 */
public final class Lexer {
  private static final String OPERATORS = "+-*/<>=~!@#%^&|`?:";

  private final String sql;
  private int position;

  private Lexer(String sql) {
    this.sql = sql;
  }

  /**
   * The tokens of {@code sql} without blanks and comments, closed by an END token.
   *
   * @throws SqlRefusal if a string, a quoted name or a comment has no end
   */
  public static List<Token> tokens(String sql) {
    Lexer lexer = new Lexer(sql);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    skipBlanks();
    int start = position;
    if (start == sql.length()) {
      return new Token(Kind.END, "", start, start);
    }
    Kind kind = scan(sql.charAt(start));
    return new Token(kind, sql.substring(start, position), start, position);
  }

  private Kind scan(char first) {
    if (first == '\'') {
      return quoted('\'', "unterminated quoted string", true);
    }
    if (first == '"') {
      quoted('"', "unterminated quoted identifier", false);
      return Kind.QUOTED;
    }
    if (isPrefixedString(first)) {
      position++;
      return quoted('\'', "unterminated quoted string", true);
    }
    if (first == '#' && isNameStart(at(position + 1))) {
      position++;
      skipWhile(Lexer::isNamePart);
      return Kind.WORD;
    }
    if (isNameStart(first)) {
      skipWhile(Lexer::isNamePart);
      return Kind.WORD;
    }
    if (isDigit(first) || (first == '.' && isDigit(at(position + 1)))) {
      return number();
    }
    return first == '$' ? dollar() : symbol(first);
  }

  private boolean isPrefixedString(char first) {
    return "eEbBxXnN".indexOf(first) >= 0 && at(position + 1) == '\'';
  }

  private Kind quoted(char quote, String problem, boolean escapes) {
    int start = position++;
    while (position < sql.length()) {
      char c = sql.charAt(position++);
      if (escapes && c == '\\') {
        position++;
      } else if (c == quote) {
        if (at(position) != quote) {
          return Kind.STRING;
        }
        position++;
      }
    }
    throw SqlRefusal.syntax(problem + " at or near \"" + sql.substring(start) + "\"", start);
  }

  private Kind number() {
    skipWhile(c -> isDigit(c) || c == '.');
    if (at(position) == 'e' || at(position) == 'E') {
      int digits = at(position + 1) == '+' || at(position + 1) == '-' ? position + 2 : position + 1;
      if (isDigit(at(digits))) {
        position = digits;
        skipWhile(Lexer::isDigit);
      }
    }
    return Kind.NUMBER;
  }

  private Kind dollar() {
    int end = position + 1;
    if (isDigit(at(end))) {
      position++;
      skipWhile(Lexer::isDigit);
      return Kind.PARAMETER;
    }
    while (isNamePart(at(end)) && at(end) != '$') {
      end++;
    }
    if (at(end) != '$') {
      position++;
      return Kind.SYMBOL;
    }
    String tag = sql.substring(position, end + 1);
    int close = sql.indexOf(tag, end + 1);
    if (close < 0) {
      throw SqlRefusal.syntax(
          "unterminated dollar-quoted string at or near \"" + sql.substring(position) + "\"",
          position);
    }
    position = close + tag.length();
    return Kind.STRING;
  }

  private Kind symbol(char first) {
    position++;
    if (OPERATORS.indexOf(first) >= 0) {
      while (OPERATORS.indexOf(at(position)) >= 0 && !startsComment()) {
        position++;
      }
    }
    return Kind.SYMBOL;
  }

  private boolean startsComment() {
    return sql.startsWith("--", position) || sql.startsWith("/*", position);
  }

  private void skipBlanks() {
    while (position < sql.length()) {
      if (Character.isWhitespace(sql.charAt(position))) {
        position++;
      } else if (sql.startsWith("--", position)) {
        int end = sql.indexOf('\n', position);
        position = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", position)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  /** Block comments nest, as in the standard. */
  private void skipBlockComment() {
    int start = position;
    int depth = 0;
    do {
      if (position >= sql.length()) {
        throw SqlRefusal.syntax(
            "unterminated /* comment at or near \"" + sql.substring(start) + "\"", start);
      }
      if (sql.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else if (sql.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0);
  }

  private void skipWhile(IntPredicate wanted) {
    while (position < sql.length() && wanted.test(sql.charAt(position))) {
      position++;
    }
  }

  /** The character there, or 0 past the end. */
  private char at(int index) {
    return index < sql.length() ? sql.charAt(index) : 0;
  }

  private static boolean isNameStart(int c) {
    return Character.isLetter(c) || c == '_' || c > 127;
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
