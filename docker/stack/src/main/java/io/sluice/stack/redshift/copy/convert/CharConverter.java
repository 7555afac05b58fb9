package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;

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
        throw new LoadRefusal(
            Code.UTF8,
            "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: "
                + Utf8.hex(field, i, i + Utf8.brokenLength(field, i, to)));
      }
      if (field[i] == 0) {
        throw new LoadRefusal(Code.NUL, "Invalid null byte - field longer than 1 byte");
      }
    }
    int end = to;
    while (end > from && field[end - 1] == ' ') {
      end--;
    }
    if (end - from > limit) {
      if (!truncates) {
        throw new LoadRefusal(Code.OUT_OF_RANGE, "Char length exceeds DDL length");
      }
      end = from + limit;
    }
    out.escaped(field, from, end);
  }
}
