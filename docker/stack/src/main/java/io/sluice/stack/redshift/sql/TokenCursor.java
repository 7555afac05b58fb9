package io.sluice.stack.redshift.sql;

import io.sluice.stack.redshift.sql.Token.Kind;
import java.util.List;

/** Walks over tokens, with one-word look-ahead and syntax errors that know their place. */
public final class TokenCursor {
  private final List<Token> tokens;
  private int index;

  /** Starts at the first of {@code tokens}, whose last must be an END. */
  public TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The current token. */
  public Token peek() {
    return tokens.get(index);
  }

  /** The token {@code ahead} places on, or the END. */
  public Token peek(int ahead) {
    return tokens.get(Math.min(index + ahead, tokens.size() - 1));
  }

  /** The current token; moves on, but never past the END. */
  public Token next() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      index++;
    }
    return token;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  /** Whether the given keywords come next. */
  public boolean at(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Moves past the given keywords if all of them come next. */
  public boolean accept(String... words) {
    if (!at(words)) {
      return false;
    }
    index += words.length;
    return true;
  }

  /** Moves past this punctuation if it comes next. */
  public boolean acceptSymbol(String symbol) {
    if (!peek().isSymbol(symbol)) {
      return false;
    }
    index++;
    return true;
  }

  /** Moves past this punctuation, which must come next. */
  public void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw SqlRefusal.syntaxAt(peek());
    }
  }

  /** Moves past this keyword, which must come next. */
  public void expect(String word) {
    if (!accept(word)) {
      throw SqlRefusal.syntaxAt(peek());
    }
  }

  /** The value of the string that must come next. */
  public String expectString() {
    if (peek().kind() != Kind.STRING) {
      throw SqlRefusal.syntaxAt(peek());
    }
    return next().string();
  }

  /** The name that must come next. */
  public Token expectName() {
    if (!peek().isName()) {
      throw SqlRefusal.syntaxAt(peek());
    }
    return next();
  }

  /** The whole number that must come next. */
  public int expectInteger() {
    Token token = peek();
    try {
      if (token.kind() == Kind.NUMBER) {
        int value = Integer.parseInt(token.text());
        index++;
        return value;
      }
    } catch (NumberFormatException e) {
      // No whole number, or too large a one: the same refusal as for any other token.
    }
    throw SqlRefusal.syntaxAt(token);
  }

  /** Moves past a group in parentheses, which must start here; returns its closing token. */
  public Token skipParentheses() {
    expectSymbol("(");
    int depth = 1;
    while (true) {
      Token token = next();
      if (token.kind() == Kind.END) {
        throw SqlRefusal.syntaxAt(token);
      }
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")") && --depth == 0) {
        return token;
      }
    }
  }
}
