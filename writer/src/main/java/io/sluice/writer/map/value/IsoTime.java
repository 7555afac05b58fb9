package io.sluice.writer.map.value;

import io.sluice.writer.map.json.Token;

/**
 * ISO times by their digits: {@code 2018-01-31}, {@code 2018-01-31T01:49:59.65Z} and the like. What
 * is not exactly of that shape is left to the general way.
 */
final class IsoTime {
  private static final int DATE = 10;
  private static final int TO_SECONDS = 19;
  private static final int MAX_FRACTION = 9;

  private IsoTime() {}

  /** Microseconds since 1970-01-01T00:00Z, or {@link Times#NONE}. */
  static long micros(Token value) {
    byte[] b = value.bytes();
    int p = value.from();
    int length = value.length();
    if (!value.isText() || length < DATE || b[p + 4] != '-' || b[p + 7] != '-') {
      return Times.NONE;
    }
    long days = days(digits(b, p, 4), digits(b, p + 5, 2), digits(b, p + 8, 2));
    if (days == Times.NONE || length == DATE) {
      return days == Times.NONE ? Times.NONE : days * 86_400_000_000L;
    }
    if (length < TO_SECONDS
        || (b[p + DATE] != 'T' && b[p + DATE] != ' ')
        || b[p + 13] != ':'
        || b[p + 16] != ':') {
      return Times.NONE;
    }
    int hour = digits(b, p + 11, 2);
    int minute = digits(b, p + 14, 2);
    int second = digits(b, p + 17, 2);
    if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
      return Times.NONE;
    }
    long seconds = days * 86_400 + hour * 3600L + minute * 60L + second;
    return fractionAndOffset(b, p + TO_SECONDS, value.to(), seconds);
  }

  private static long fractionAndOffset(byte[] b, int from, int to, long seconds) {
    int p = from;
    int micros = 0;
    if (p < to && b[p] == '.') {
      int start = ++p;
      int unit = 100_000;
      while (p < to && b[p] >= '0' && b[p] <= '9') {
        micros += (b[p] - '0') * unit;
        unit /= 10;
        p++;
      }
      if (p == start || p - start > MAX_FRACTION) {
        return Times.NONE;
      }
    }
    int offset = offset(b, p, to);
    return offset == Integer.MIN_VALUE ? Times.NONE : (seconds - offset) * 1_000_000 + micros;
  }

  /** Seconds of nothing, {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. */
  private static int offset(byte[] b, int p, int to) {
    int length = to - p;
    if (length == 0 || (length == 1 && b[p] == 'Z')) {
      return 0;
    }
    boolean shape =
        (b[p] == '+' || b[p] == '-')
            && (length == 3 || length == 5 || (length == 6 && b[p + 3] == ':'));
    if (!shape) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(b, p + 1, 2);
    int minutes = length == 3 ? 0 : digits(b, to - 2, 2);
    if ((hours | minutes) < 0 || hours > 17 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return b[p] == '-' ? -seconds : seconds;
  }

  /** The number, or a negative one when there is something else among the digits. */
  private static int digits(byte[] b, int p, int count) {
    int number = 0;
    for (int i = p; i < p + count; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Days since 1970-01-01 in the Gregorian calendar, counted in years that begin with March, so
   * that the leap day is the last.
   */
  private static long days(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return Times.NONE;
    }
    int fromMarch = month > 2 ? month - 3 : month + 9;
    long y = month > 2 ? year : year - 1;
    long leapDays = y / 4 - y / 100 + y / 400;
    return y * 365 + leapDays + (153L * fromMarch + 2) / 5 + day - 1 - 719_468;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
}
