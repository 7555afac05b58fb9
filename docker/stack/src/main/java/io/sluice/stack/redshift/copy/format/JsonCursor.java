package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.nio.charset.StandardCharsets;

/**
 * Walks over one JSON text, byte by byte: values keep their text as it is written, and broken UTF-8
 * in strings passes to the converter, which refuses or replaces it as in any other format. A parser
 * that decodes the text would do neither.
 */
final class JsonCursor {
  /** Deeper than any SUPER may be nested. */
  private static final int DEEPEST = 1000;

  private byte[] bytes;
  private int position;
  private int end;

  /** Starts at {@code from}, which holds the first byte of a value. */
  void start(byte[] text, int from, int to) {
    bytes = text;
    position = from;
    end = to;
  }

  int position() {
    return position;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The byte at the next token, which stays; -1 at the end. */
  int peek() {
    while (position < end && isBlank(bytes[position])) {
      position++;
    }
    return position < end ? bytes[position] & 0xFF : -1;
  }

  /** Moves past this byte if it is the next token. */
  boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /** Moves past this byte, which must be the next token. */
  void expect(char wanted) throws LoadRefusal {
    if (!accept(wanted)) {
      throw malformed();
    }
  }

  /** Moves past the value that comes next, however large, and checks it. */
  void skipValue() throws LoadRefusal {
    skipValue(0);
  }

  private void skipValue(int depth) throws LoadRefusal {
    if (depth > DEEPEST) {
      throw malformed();
    }
    switch (peek()) {
      case '{' -> skipStructure('}', true, depth);
      case '[' -> skipStructure(']', false, depth);
      case '"' -> skipString();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void skipStructure(char close, boolean named, int depth) throws LoadRefusal {
    position++;
    if (accept(close)) {
      return;
    }
    do {
      if (named) {
        peek();
        skipString();
        expect(':');
      }
      skipValue(depth + 1);
    } while (accept(','));
    expect(close);
  }

  /** Moves past the string at the position. */
  void skipString() throws LoadRefusal {
    if (position >= end || bytes[position] != '"') {
      throw malformed();
    }
    position++;
    while (position < end) {
      byte c = bytes[position++];
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        skipEscape();
      } else if (c >= 0 && c < ' ') {
        throw malformed();
      }
    }
    throw malformed();
  }

  private void skipEscape() throws LoadRefusal {
    int c = position < end ? bytes[position++] : -1;
    if (c == 'u') {
      codeUnit(position);
      position += 4;
    } else if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0) {
      throw malformed();
    }
  }

  /** The name of a member, whose string must come next; moves past it and its colon. */
  String name() throws LoadRefusal {
    peek();
    int from = position;
    skipString();
    byte[] name = new byte[position - from];
    int length = decode(from, position, name);
    expect(':');
    return new String(name, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Decodes the string whose quotes stand at {@code from} and before {@code to}, which was skipped
   * before, into {@code out}; the result is its length, which is never larger than the text's. Half
   * a surrogate pair becomes the three bytes that no UTF-8 holds, for the converter to find.
   */
  int decode(int from, int to, byte[] out) throws LoadRefusal {
    int length = 0;
    int i = from + 1;
    while (i < to - 1) {
      byte c = bytes[i++];
      if (c != '\\') {
        out[length++] = c;
      } else if (bytes[i] != 'u') {
        out[length++] = unescaped(bytes[i++]);
      } else {
        int code = codePoint(i + 1);
        i += code < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 5 : 11;
        length = encode(code, out, length);
      }
    }
    return length;
  }

  /**
   * The character whose first four digits stand at {@code at}, with its second half if it has one.
   */
  private int codePoint(int at) throws LoadRefusal {
    int first = codeUnit(at);
    boolean half = Character.isHighSurrogate((char) first);
    if (half && bytes[at + 4] == '\\' && bytes[at + 5] == 'u') {
      int second = codeUnit(at + 6);
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
    }
    return first;
  }

  private static byte unescaped(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private static int encode(int c, byte[] out, int at) {
    int i = at;
    if (c < 0x80) {
      out[i++] = (byte) c;
    } else if (c < 0x800) {
      out[i++] = (byte) (0xC0 | c >> 6);
      out[i++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out[i++] = (byte) (0xE0 | c >> 12);
      out[i++] = (byte) (0x80 | (c >> 6 & 0x3F));
      out[i++] = (byte) (0x80 | (c & 0x3F));
    } else {
      out[i++] = (byte) (0xF0 | c >> 18);
      out[i++] = (byte) (0x80 | (c >> 12 & 0x3F));
      out[i++] = (byte) (0x80 | (c >> 6 & 0x3F));
      out[i++] = (byte) (0x80 | (c & 0x3F));
    }
    return i;
  }

  private int codeUnit(int at) throws LoadRefusal {
    if (at + 4 > end) {
      throw malformed();
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw malformed();
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private void literal(String word) throws LoadRefusal {
    for (int i = 0; i < word.length(); i++) {
      if (position == end || bytes[position++] != word.charAt(i)) {
        throw malformed();
      }
    }
  }

  private void number() throws LoadRefusal {
    if (position < end && bytes[position] == '-') {
      position++;
    }
    if (position < end && bytes[position] == '0') {
      position++;
    } else {
      digits();
    }
    if (position < end && bytes[position] == '.') {
      position++;
      digits();
    }
    if (position < end && (bytes[position] | 0x20) == 'e') {
      position++;
      if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      digits();
    }
  }

  private void digits() throws LoadRefusal {
    int from = position;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    if (position == from) {
      throw malformed();
    }
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  static LoadRefusal malformed() {
    return LoadError.JSON_VALUE.refusal();
  }
}
