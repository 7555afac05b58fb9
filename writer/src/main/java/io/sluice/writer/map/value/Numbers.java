package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Values of number columns: exact, or refused. For one thread. */
final class Numbers {
  /** No whole number of up to 18 digits. */
  static final long NONE = Long.MIN_VALUE;

  private static final int LONG_DIGITS = 18;

  /** More digits than any column can tell apart; beyond them a number is refused unread. */
  private static final int MAX_LENGTH = 1000;

  /** More than any column's range; beyond it a number is refused before it is spelled out. */
  private static final int MAX_EXPONENT = 400;

  private final Shortcuts shortcuts;

  Numbers(Shortcuts shortcuts) {
    this.shortcuts = shortcuts;
  }

  /** A whole number from {@code min} to {@code max}. */
  void whole(Token value, ColumnType type, long min, long max, RowEncoder out)
      throws RejectException {
    long number = shortcuts == Shortcuts.TAKEN && isNumeric(value) ? whole(value) : NONE;
    if (number == NONE) {
      BigDecimal exact = number(value, type);
      try {
        // By its digits first: 1e400 has none behind the point and 401 before it.
        number = exact.precision() - exact.scale() > 20 ? bad(value, type) : exact.longValueExact();
      } catch (ArithmeticException e) {
        boolean whole = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        throw whole
            ? outOfRange(value, type)
            : RejectException.of(
                RejectReason.WRONG_TYPE, Shown.value(value) + " is not a whole number");
      }
    }
    if (number < min || number > max) {
      throw outOfRange(value, type);
    }
    out.number(number);
  }

  /** A decimal with at most the type's digits. */
  void decimal(Token value, ColumnType type, RowEncoder out) throws RejectException {
    if (shortcuts == Shortcuts.TAKEN && isNumeric(value) && isShortDecimal(value, type)) {
      out.number(value.bytes(), value.from(), value.to());
      return;
    }
    BigDecimal number = number(value, type);
    BigDecimal fitted;
    try {
      fitted = number.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw outOfRange(value, type);
    }
    if (fitted.precision() > type.length()) {
      throw outOfRange(value, type);
    }
    boolean asWritten = number.scale() >= 0 && number.scale() <= type.scale();
    write((asWritten ? number : fitted).toPlainString(), out);
  }

  /** A number that is not beyond the type's range, nor so near to zero that it would be zero. */
  void floating(Token value, ColumnType type, RowEncoder out) throws RejectException {
    if (shortcuts == Shortcuts.TAKEN && value.kind() == Kind.NUMBER && isShortFraction(value)) {
      out.number(value.bytes(), value.from(), value.to());
      return;
    }
    BigDecimal number = number(value, type);
    boolean single = type.kind() == ColumnType.Kind.REAL;
    double magnitude = Math.abs(single ? number.floatValue() : number.doubleValue());
    if (Double.isInfinite(magnitude) || (magnitude == 0 && number.signum() != 0)) {
      throw outOfRange(value, type);
    }
    if (value.kind() == Kind.NUMBER) {
      out.number(value.bytes(), value.from(), value.to());
    } else {
      write(number.toString(), out);
    }
  }

  /** The number of up to 18 digits with or without a minus, or {@link #NONE}. */
  static long whole(Token value) {
    byte[] bytes = value.bytes();
    int p = value.from();
    boolean negative = p < value.to() && bytes[p] == '-';
    p += negative ? 1 : 0;
    int digits = value.to() - p;
    if (digits < 1 || digits > LONG_DIGITS) {
      return NONE;
    }
    long number = 0;
    for (; p < value.to(); p++) {
      int digit = bytes[p] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  /** Any number, of a JSON number or a text. */
  static BigDecimal number(Token value, ColumnType type) throws RejectException {
    if (!isNumeric(value)) {
      throw RejectException.of(
          RejectReason.WRONG_TYPE, Shown.value(value) + " is not a number for " + type);
    }
    if (value.length() > MAX_LENGTH) {
      throw RejectException.of(
          RejectReason.OUT_OF_RANGE,
          "a number of " + value.length() + " characters does not fit into " + type);
    }
    BigDecimal number;
    try {
      number = parse(value);
    } catch (NumberFormatException e) {
      throw value.kind() == Kind.NUMBER
          ? outOfRange(value, type)
          : RejectException.of(
              RejectReason.WRONG_TYPE, Shown.value(value) + " is not a number for " + type);
    }
    if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
      if (number.signum() == 0) {
        return BigDecimal.ZERO;
      }
      throw outOfRange(value, type);
    }
    return number;
  }

  /** Throws NumberFormatException. */
  static BigDecimal parse(Token value) {
    String text =
        new String(value.bytes(), value.from(), value.length(), StandardCharsets.UTF_8).strip();
    // BigDecimal takes the digits of every script.
    if (!text.chars().allMatch(c -> c < 128)) {
      throw new NumberFormatException("not ASCII");
    }
    return new BigDecimal(text);
  }

  static RejectException outOfRange(Token value, ColumnType type) {
    return RejectException.of(
        RejectReason.OUT_OF_RANGE, Shown.value(value) + " does not fit into " + type);
  }

  private static long bad(Token value, ColumnType type) throws RejectException {
    throw outOfRange(value, type);
  }

  private static boolean isNumeric(Token value) {
    return value.kind() == Kind.NUMBER || value.isText();
  }

  /**
   * Whether it is digits with or without a minus and a point, has no zero to lose and fits by the
   * count of its digits. A minus before nothing but zeros goes the general way.
   */
  private static boolean isShortDecimal(Token value, ColumnType type) {
    byte[] bytes = value.bytes();
    int p = value.from();
    boolean negative = p < value.to() && bytes[p] == '-';
    p += negative ? 1 : 0;
    int start = p;
    int point = -1;
    boolean nonZero = false;
    for (; p < value.to(); p++) {
      byte c = bytes[p];
      if (c == '.' && point < 0) {
        point = p;
      } else if (c >= '0' && c <= '9') {
        nonZero |= c != '0';
      } else {
        return false;
      }
    }
    int whole = (point < 0 ? p : point) - start;
    int fraction = point < 0 ? 0 : p - point - 1;
    boolean leadingZero = whole > 0 && bytes[start] == '0';
    return whole >= 1
        && (point < 0 || fraction >= 1)
        && !(leadingZero && whole > 1)
        && fraction <= type.scale()
        && whole - (leadingZero ? 1 : 0) <= type.length() - type.scale()
        && (nonZero || !negative);
  }

  /**
   * Whether a JSON number has so few digits that it can be neither beyond a real nor lost in it.
   */
  private static boolean isShortFraction(Token value) {
    if (value.length() > LONG_DIGITS) {
      return false;
    }
    for (int p = value.from(); p < value.to(); p++) {
      if (value.bytes()[p] == 'e' || value.bytes()[p] == 'E') {
        return false;
      }
    }
    return true;
  }

  private static void write(String number, RowEncoder out) {
    byte[] ascii = number.getBytes(StandardCharsets.US_ASCII);
    out.number(ascii, 0, ascii.length);
  }
}
