package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;

/**
 * VARCHAR, which counts bytes and takes UTF-8 of up to four bytes a character. Source: "Multibyte
 * character load errors" of the Redshift Database Developer Guide.
 */
final class TextConverter implements FieldConverter {
  private final int limit;
  private final boolean truncates;
  private final Character replacement;

  /**
   * With a {@code replacement}, each byte of a broken character becomes that; without, it is
   * refused.
   */
  TextConverter(int limit, boolean truncates, Character replacement) {
    this.limit = limit;
    this.truncates = truncates;
    this.replacement = replacement;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    for (int i = from; i < to; ) {
      int width = field[i] > 0 ? 1 : Utf8.width(field, i, to);
      if (width > 0) {
        i += width;
      } else {
        i += broken(field, i, to, width);
      }
    }
    int end = to;
    if (to - from > limit) {
      if (!truncates) {
        throw new LoadRefusal(Code.OUT_OF_RANGE, "String length exceeds DDL length");
      }
      end = Utf8.cut(field, from, from + limit);
    }
    out.escaped(field, from, end);
  }

  /**
   * Replaces the broken character in place, byte by byte, or refuses it; the result is its length.
   */
  private int broken(byte[] field, int at, int to, int problem) throws LoadRefusal {
    if (field[at] == 0) {
      if (replacement == null) {
        throw new LoadRefusal(Code.NUL, "Invalid null byte - field longer than 1 byte");
      }
      field[at] = (byte) replacement.charValue();
      return 1;
    }
    int length = Utf8.brokenLength(field, at, to);
    if (replacement == null) {
      throw new LoadRefusal(
          Code.UTF8,
          "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: %s (error %d)"
              .formatted(Utf8.hex(field, at, at + length), -problem));
    }
    for (int i = at; i < at + length; i++) {
      field[i] = (byte) replacement.charValue();
    }
    return length;
  }
}
