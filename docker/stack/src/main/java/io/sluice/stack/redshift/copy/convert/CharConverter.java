package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;

/** CHAR: single bytes only, and blanks at the end do not count. */
final class CharConverter implements FieldConverter {
  private final int limit;
  private final boolean truncates;

  CharConverter(int limit, boolean truncates) {
    this.limit = limit;
    this.truncates = truncates;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    for (int i = from; i < to; i++) {
      if (field[i] < 0) {
        throw LoadError.MULTIBYTE_CHAR.refusal(
            Utf8.hex(field, i, i + Utf8.brokenLength(field, i, to)));
      }
      if (field[i] == 0) {
        throw LoadError.NULL_BYTE.refusal();
      }
    }
    int end = to;
    while (end > from && field[end - 1] == ' ') {
      end--;
    }
    if (end - from > limit) {
      if (!truncates) {
        throw LoadError.CHAR_TOO_LONG.refusal();
      }
      end = from + limit;
    }
    out.escaped(field, from, end);
  }

  @Override
  public void convertBinary(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    convert(field, from, to, out);
  }
}
