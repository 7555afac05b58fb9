package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;

/** SMALLINT, INTEGER and BIGINT. */
final class IntegerConverter implements FieldConverter {
  private final String name;
  private final long least;
  private final long largest;

  IntegerConverter(String name, long least, long largest) {
    this.name = name;
    this.least = least;
    this.largest = largest;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    boolean negative = field[from] == '-';
    int digits = negative || field[from] == '+' ? from + 1 : from;
    if (digits == to) {
      throw Digits.invalid(field, from, to, to, name);
    }
    // Counted down from zero: the negative side reaches one further.
    long value = 0;
    for (int i = digits; i < to; i++) {
      int digit = field[i] - '0';
      if (digit < 0 || digit > 9) {
        throw Digits.invalid(field, from, to, i, name);
      }
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw overflow();
      }
      value = value * 10 - digit;
    }
    if (negative ? value < least : -largest > value) {
      throw overflow();
    }
    out.raw(field, negative ? from : digits, to);
  }

  private LoadRefusal overflow() {
    return LoadError.INTEGER_OVERFLOW.refusal(name, least, largest);
  }
}
