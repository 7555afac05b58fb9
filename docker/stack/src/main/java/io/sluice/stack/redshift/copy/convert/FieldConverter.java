package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
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

  /** Appends a value that its format holds as bytes; only VARBYTE and texts take those. */
  default void convertBinary(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    throw LoadError.BINARY.refusal();
  }
}
