package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;

/** VARBYTE, which a text file holds in hexadecimal digits. */
final class HexConverter implements FieldConverter {
  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    boolean even = (to - from) % 2 == 0;
    for (int i = from; i < to; i++) {
      if (!even || Character.digit(field[i], 16) < 0) {
        throw new LoadRefusal(Code.HEX, "Invalid hexadecimal value for VARBYTE");
      }
    }
    // The backslash is doubled: COPY text takes one away.
    out.raw("\\\\x");
    out.raw(field, from, to);
  }
}
