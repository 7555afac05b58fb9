package io.sluice.stack.redshift.sql;

import java.util.Locale;

/**
 * One token of a statement with its place in the text: {@code start} inclusive, {@code end}
 * exclusive.
 */
public record Token(Kind kind, String text, int start, int end) {
  /** What a token is. */
  public enum Kind {
    /** A keyword or an identifier without quotes. */
    WORD,
    /** An identifier in double quotes. */
    QUOTED,
    /** A string, in quotes of any kind. */
    STRING,
    NUMBER,
    /** A parameter such as {@code $1}. */
    PARAMETER,
    /** One character of punctuation or an operator of several. */
    SYMBOL,
    /** The end of the text. */
    END
  }

  /** Whether this is the given keyword, in upper case. */
  public boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether this is the given punctuation. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether this names something. */
  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** A name as the database keeps it: folded to lower case unless it is quoted. */
  public String name() {
    if (kind == Kind.QUOTED) {
      return text.substring(1, text.length() - 1).replace("\"\"", "\"");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a string token: doubled quotes, doubled backslashes and escaped quotes stand for
   * one. Any other escape stays as it is written, for COPY's options give them meanings of their
   * own: to them {@code '\N'} and {@code '\\N'} are the same.
   */
  public String string() {
    if (text.startsWith("$")) {
      int tag = text.indexOf('$', 1) + 1;
      return text.substring(tag, text.length() - tag);
    }
    StringBuilder value = new StringBuilder();
    int last = text.length() - 1;
    for (int i = text.indexOf('\'') + 1; i < last; i++) {
      String pair = text.substring(i, i + 2);
      boolean escapes = pair.equals("''") || pair.equals("\\'") || pair.equals("\\\\");
      value.append(text.charAt(escapes ? ++i : i));
    }
    return value.toString();
  }
}
