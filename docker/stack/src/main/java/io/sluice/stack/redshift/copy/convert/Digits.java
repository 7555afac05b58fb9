package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;

/** What the number types have in common: the refusal of a character that is no digit. */
final class Digits {
  private Digits() {}

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The position just behind the digits that start at {@code from}. */
  static int skip(byte[] field, int from, int to) {
    int i = from;
    while (i < to && isDigit(field[i])) {
      i++;
    }
    return i;
  }

  static LoadRefusal invalid(byte[] field, int from, int to, int at, String type) {
    return invalid(LoadError.DIGIT, field, from, to, at, type);
  }

  /** Redshift's words: the character, its place in the field, the type. */
  static LoadRefusal invalid(LoadError error, byte[] field, int from, int to, int at, String type) {
    String value = at < to ? String.valueOf((char) (field[at] & 0xFF)) : "";
    return error.refusal(value, at - from, type);
  }
}
