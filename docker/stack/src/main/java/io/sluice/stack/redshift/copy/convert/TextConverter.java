package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;

/**
 * VARCHAR, which counts bytes and takes UTF-8 of up to four bytes a character. Source: "Multibyte
 * character load errors" of the Redshift Database Developer Guide.
 */
final class TextConverter implements FieldConverter {
  private final int limit;
  private final boolean truncates;
  private final boolean trims;
  private final Character replacement;

  /**
   * With a {@code replacement}, each byte of a broken character becomes that; without, it is
   * refused.
   */
  TextConverter(int limit, boolean truncates, boolean trims, Character replacement) {
    this.limit = limit;
    this.truncates = truncates;
    this.trims = trims;
    this.replacement = replacement;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    for (int i = from; i < to; ) {
      if (field[i] > 0) {
        i++;
        continue;
      }
      int width = Utf8.width(field, i, to);
      boolean taken = width > 0 && (replacement == null || !Utf8.isNonCharacter(field, i, width));
      i += taken ? width : broken(field, i, to, width);
    }
    int end = trims ? trimmed(field, from, to) : to;
    if (end - from > limit) {
      if (!truncates) {
        throw LoadError.STRING_TOO_LONG.refusal();
      }
      end = Utf8.cut(field, from, from + limit);
    }
    out.escaped(field, from, end);
  }

  private static int trimmed(byte[] field, int from, int to) {
    int end = to;
    while (end > from && RowConverter.isBlank(field[end - 1])) {
      end--;
    }
    return end;
  }

  @Override
  public void convertBinary(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    convert(field, from, to, out);
  }

  /**
   * Replaces the broken character in place, byte by byte, or refuses it; the result is its length.
   */
  private int broken(byte[] field, int at, int to, int problem) throws LoadRefusal {
    if (field[at] == 0) {
      if (replacement == null) {
        throw LoadError.NULL_BYTE.refusal();
      }
      field[at] = (byte) replacement.charValue();
      return 1;
    }
    int length = Utf8.brokenLength(field, at, to);
    if (replacement == null) {
      throw LoadError.UTF8.refusal(Utf8.hex(field, at, at + length), -problem);
    }
    for (int i = at; i < at + length; i++) {
      field[i] = (byte) replacement.charValue();
    }
    return length;
  }
}
