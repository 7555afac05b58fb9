package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** DECIMAL(precision, scale): further digits of the scale are cut off, or rounded with ROUNDEC. */
final class DecimalConverter implements FieldConverter {
  private static final String NAME = "Decimal";

  private final int precision;
  private final int scale;
  private final RoundingMode rounding;

  DecimalConverter(int precision, int scale, RoundingMode rounding) {
    this.precision = precision;
    this.scale = scale;
    this.rounding = rounding;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    int whole = field[from] == '-' || field[from] == '+' ? from + 1 : from;
    int point = Digits.skip(field, whole, to);
    int end = point < to && field[point] == '.' ? Digits.skip(field, point + 1, to) : point;
    boolean anyDigit = point > whole || end > point + 1;
    if (end < to || !anyDigit) {
      throw Digits.invalid(field, from, to, end, NAME);
    }
    int fraction = Math.max(0, end - point - 1);
    if (point - whole <= precision - scale && fraction <= scale) {
      out.raw(field, from, to);
      return;
    }
    BigDecimal value =
        new BigDecimal(new String(field, from, to - from, StandardCharsets.US_ASCII))
            .setScale(scale, rounding);
    if (value.precision() > precision && value.signum() != 0) {
      throw LoadError.DECIMAL_OVERFLOW.refusal(precision, scale);
    }
    out.raw(value.toPlainString());
  }
}
