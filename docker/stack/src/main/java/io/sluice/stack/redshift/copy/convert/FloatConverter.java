package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** REAL and DOUBLE PRECISION. */
final class FloatConverter implements FieldConverter {
  private static final Set<String> NAMED = Set.of("nan", "inf", "infinity");

  /** With fewer characters and no exponent a number is in the range of either type. */
  private static final int SURELY_IN_RANGE = 30;

  private final String name;
  private final boolean single;

  FloatConverter(String name, boolean single) {
    this.name = name;
    this.single = single;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    int whole = field[from] == '-' || field[from] == '+' ? from + 1 : from;
    int point = Digits.skip(field, whole, to);
    int end = point < to && field[point] == '.' ? Digits.skip(field, point + 1, to) : point;
    boolean anyDigit = point > whole || end > point + 1;
    if (!anyDigit && isNamed(field, whole, to)) {
      out.raw(field, from, to);
      return;
    }
    int exponent = anyDigit ? exponent(field, end, to) : end;
    if (exponent < to || !anyDigit) {
      throw Digits.invalid(LoadError.FLOAT_DIGIT, field, from, to, exponent, name);
    }
    if (exponent > end || to - from > SURELY_IN_RANGE) {
      checked(new String(field, from, to - from, StandardCharsets.US_ASCII), out);
      return;
    }
    out.raw(field, from, to);
  }

  /** The position behind an exponent at {@code from}, or {@code from} if there is none. */
  private static int exponent(byte[] field, int from, int to) {
    if (from == to || (field[from] != 'e' && field[from] != 'E')) {
      return from;
    }
    int digits = from + 1;
    if (digits < to && (field[digits] == '-' || field[digits] == '+')) {
      digits++;
    }
    int end = Digits.skip(field, digits, to);
    return end > digits ? end : from;
  }

  private static boolean isNamed(byte[] field, int from, int to) {
    return to - from <= 8
        && NAMED.contains(
            new String(field, from, to - from, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT));
  }

  /** Too large a number is refused; one too small to be told from zero is zero. */
  private void checked(String text, CopyText out) throws LoadRefusal {
    double value = single ? Float.parseFloat(text) : Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw LoadError.FLOAT_OVERFLOW.refusal(name);
    }
    out.raw(value == 0 ? "0" : text);
  }
}
