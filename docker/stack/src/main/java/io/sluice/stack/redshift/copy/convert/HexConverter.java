package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;

/** VARBYTE, which a text file holds in hexadecimal digits. */
final class HexConverter implements FieldConverter {
  private final int limit;

  HexConverter(int limit) {
    this.limit = limit;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    boolean even = (to - from) % 2 == 0;
    for (int i = from; i < to; i++) {
      if (!even || Character.digit(field[i], 16) < 0) {
        throw LoadError.HEX.refusal();
      }
    }
    checkLength((to - from) / 2);
    // The backslash is doubled: COPY text takes one away.
    out.raw("\\\\x");
    out.raw(field, from, to);
  }

  @Override
  public void convertBinary(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    checkLength(to - from);
    out.raw("\\\\x");
    out.hex(field, from, to);
  }

  private void checkLength(int length) throws LoadRefusal {
    if (length > limit) {
      throw LoadError.VARBYTE_TOO_LONG.refusal();
    }
  }
}
