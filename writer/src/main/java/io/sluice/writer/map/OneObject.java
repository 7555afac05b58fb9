package io.sluice.writer.map;

import io.sluice.writer.encode.Words;

/**
 * Tells whether bytes are one JSON object in one line, by its braces alone: those outside of texts
 * close at the very end, and no line ends on the way.
 *
 * <p>Most words of eight bytes hold nothing but parts of texts, numbers and the quotes between
 * them; they are passed over as a whole. All others are looked at byte by byte.
 */
final class OneObject {
  private final byte[] bytes;
  private final int to;
  private int depth;
  private boolean inText;

  private OneObject(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
  }

  /** Whether the bytes, of which the first is a brace, are one object. */
  static boolean isIn(byte[] bytes, int from, int to) {
    return new OneObject(bytes, to).isFrom(from);
  }

  /** The same without shortcuts, which tests compare. */
  static boolean isInByBytes(byte[] bytes, int from, int to) {
    OneObject object = new OneObject(bytes, to);
    return object.walk(from, to) == to && object.depth == 0;
  }

  private boolean isFrom(int from) {
    int p = from;
    while (p >= 0 && to - p >= Long.BYTES) {
      p = passes(Words.at(bytes, p)) ? p + Long.BYTES : walk(p, p + Long.BYTES);
    }
    return p >= 0 && walk(p, to) == to && depth == 0;
  }

  /** Whether a word changes nothing but, by its quotes, whether a text is open. */
  private boolean passes(long word) {
    if ((Words.equal(word, '\\') | Words.control(word)) != 0) {
      return false;
    }
    // In each byte the lowest bit says whether a text is open behind it.
    long quotes = Words.counts(Words.equal(word, '"')) + (inText ? Words.ONES : 0);
    long braces = Words.equal(word, '{') | Words.equal(word, '}');
    if ((braces >>> 7 & ~quotes) != 0) {
      return false;
    }
    inText = (quotes >>> 56 & 1) == 1;
    return true;
  }

  /**
   * Goes on byte by byte, at least to {@code until}.
   *
   * @return the place after it, or -1 when it is not one object in one line
   */
  private int walk(int from, int until) {
    int p = from;
    for (; p < until; p++) {
      byte c = bytes[p];
      if (c == '\n' || c == '\r') {
        return -1;
      }
      if (inText) {
        if (c == '\\') {
          p++;
        } else if (c == '"') {
          inText = false;
        }
      } else if (c == '"') {
        inText = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return p == to - 1 ? to : -1;
      }
    }
    return p;
  }
}
