package io.sluice.writer.map.json;

import io.sluice.writer.encode.Words;

/**
 * Tells whether bytes are one JSON object in one line, by its braces alone: those outside of texts
 * close at the very end, and no line ends on the way.
 *
 * <p>Most words of eight bytes hold nothing but parts of texts, numbers and the quotes between
 * them; they are passed over as a whole. All others are looked at byte by byte. Most objects are
 * flat, and of them only the quotes are counted up to the last word.
 */
public final class OneObject {
  /** The bits in which the two braces differ: with them set, both are {@link #BRACE}. */
  private static final long BRACES = ('{' ^ '}') * Words.ONES;

  private static final int BRACE = '{' | '}';

  private OneObject() {}

  /** Whether the bytes, of which the first is an opening brace, are one object. */
  public static boolean isIn(byte[] bytes, int from, int to) {
    int p = from + 1;
    long parities = 0;
    while (to - p > Long.BYTES) {
      long word = Words.at(bytes, p);
      if (Words.anyMarked(
          Words.likely(word | BRACES, BRACE)
              | Words.likely(word, '\\')
              | Words.likelyControl(word))) {
        break;
      }
      // Of eight bytes as many differ from a quote as do not, but for an even number.
      parities ^= Words.unequal(word, '"');
      p += Long.BYTES;
    }
    return isRest(bytes, p, to, Words.count(parities) % 2 == 1);
  }

  /** The same from within the object on. */
  private static boolean isRest(byte[] bytes, int from, int to, boolean inTextThere) {
    int depth = 1;
    // In each byte a one while a text is open.
    long open = inTextThere ? Words.ONES : 0;
    int p = from;
    while (true) {
      while (to - p >= Long.BYTES) {
        long word = Words.at(bytes, p);
        // The lowest bit of each byte says whether a text is open behind it.
        long quotes = Words.counts(Words.equal(word, '"')) + open;
        long braces = Words.likely(word | BRACES, BRACE) & ~(quotes << 7);
        if (Words.anyMarked(braces | Words.likely(word, '\\') | Words.likelyControl(word))) {
          break;
        }
        open = -(quotes >>> 56 & 1) & Words.ONES;
        p += Long.BYTES;
      }
      boolean inText = open != 0;
      int until = Math.min(to, p + Long.BYTES);
      for (; p < until; p++) {
        byte c = bytes[p];
        if (c == '\n' || c == '\r') {
          return false;
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
          return p == to - 1;
        }
      }
      if (p >= to) {
        return false;
      }
      open = inText ? Words.ONES : 0;
    }
  }
}
