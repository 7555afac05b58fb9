package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadRefusal;

/** Checks the fields of one column and writes their values. Not for several threads at once. */
interface FieldConverter {
  /**
   * Appends the value of {@code field[from, to)}, which is neither empty nor NULL unless the column
   * holds text.
   *
   * @throws LoadRefusal if Redshift would refuse the field; what was appended is then taken back by
   *     the caller
   */
  void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal;
}
