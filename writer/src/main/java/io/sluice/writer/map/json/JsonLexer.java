package io.sluice.writer.map.json;

import io.sluice.writer.encode.Words;

/**
 * The words of JSON (RFC 8259) by their bytes, strictly: texts, numbers, true, false and null.
 *
 * <p>Each method takes the place where something begins and returns the place after it, or {@link
 * #FAILED}. For one thread.
 */
abstract class JsonLexer {
  static final int FAILED = -1;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** The document, up to {@link #end}. */
  byte[] b;

  int end;

  /** Whether the text that was scanned last has a backslash. */
  boolean escaped;

  /** The kind of the value that was scanned last. */
  Kind kind;

  final int scalar(int p) {
    if (p >= end) {
      return FAILED;
    }
    byte first = b[p];
    if (first == '"') {
      int close = string(p + 1);
      kind = escaped ? Kind.ESCAPED : Kind.TEXT;
      return close < 0 ? FAILED : close + 1;
    }
    kind =
        switch (first) {
          case 't' -> Kind.TRUE;
          case 'f' -> Kind.FALSE;
          case 'n' -> Kind.NULL;
          default -> Kind.NUMBER;
        };
    return switch (first) {
      case 't' -> word(p, TRUE);
      case 'f' -> word(p, FALSE);
      case 'n' -> word(p, NULL);
      default -> number(p);
    };
  }

  private int word(int p, byte[] word) {
    int to = p + word.length;
    return to <= end && Words.standsAt(b, p, word) ? to : FAILED;
  }

  private int number(int p) {
    if (b[p] == '-') {
      p++;
    }
    int start = p;
    p = digits(p);
    if (p == start || (b[start] == '0' && p > start + 1)) {
      return FAILED;
    }
    if (p < end && b[p] == '.') {
      int fraction = p + 1;
      p = digits(fraction);
      if (p == fraction) {
        return FAILED;
      }
    }
    if (p < end && (b[p] == 'e' || b[p] == 'E')) {
      p++;
      if (p < end && (b[p] == '+' || b[p] == '-')) {
        p++;
      }
      int exponent = p;
      p = digits(exponent);
      return p == exponent ? FAILED : p;
    }
    return p;
  }

  private int digits(int p) {
    while (p < end && b[p] >= '0' && b[p] <= '9') {
      p++;
    }
    return p;
  }

  final int whitespace(int p) {
    while (p < end
        && b[p] <= ' '
        && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
      p++;
    }
    return p;
  }

  /** From after the opening quote to the closing one. */
  final int string(int p) {
    escaped = false;
    while (true) {
      p = special(p);
      if (p >= end) {
        return FAILED;
      }
      byte c = b[p];
      if (c == '"') {
        return p;
      }
      if (c == '\\') {
        escaped = true;
        p = escape(p + 1);
      } else {
        p = c < 0 ? Utf8.afterCharacter(b, p, end) : FAILED;
      }
      if (p < 0) {
        return FAILED;
      }
    }
  }

  /** The first byte that is a quote, a backslash, a control or not ASCII. */
  private int special(int p) {
    int last = end - Long.BYTES;
    while (p <= last) {
      long word = Words.at(b, p);
      // Bytes that are not ASCII have their highest bit for a mark.
      long marked =
          (Words.likely(word, '"') | Words.likely(word, '\\') | Words.likelyControl(word) | word)
              & Words.HIGHS;
      if (marked != 0) {
        return p + (Long.numberOfTrailingZeros(marked) >>> 3);
      }
      p += Long.BYTES;
    }
    while (p < end && b[p] >= ' ' && b[p] != '"' && b[p] != '\\') {
      p++;
    }
    return p;
  }

  private int escape(int p) {
    if (p >= end) {
      return FAILED;
    }
    if (b[p] != 'u') {
      return "\"\\/bfnrt".indexOf(b[p]) >= 0 ? p + 1 : FAILED;
    }
    for (int i = p + 1; i <= p + 4; i++) {
      if (i >= end || Character.digit(b[i], 16) < 0) {
        return FAILED;
      }
    }
    return p + 5;
  }
}
