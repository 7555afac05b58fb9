package io.sluice.writer.encode;

/**
 * Days and times as text, digit by digit: {@code 2018-01-31}, {@code 2018-01-31 01:49:59.65}. For
 * the years 1 to 9999, as Redshift's types have them.
 */
final class TimeText {
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int DAYS_A_CYCLE = 146_097;
  private static final int YEARS_A_CYCLE = 400;

  /** From 0000-03-01 to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_468;

  private TimeText() {}

  /**
   * Appends a day. The arithmetic is that of a calendar whose years begin in March, so that the
   * leap day comes last; see "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant.
   */
  static void date(long epochDay, RowBuffer out) {
    long days = epochDay + DAYS_TO_EPOCH;
    int cycle = (int) Math.floorDiv(days, (long) DAYS_A_CYCLE);
    int dayOfCycle = (int) Math.floorMod(days, (long) DAYS_A_CYCLE);
    int yearOfCycle =
        (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
    int dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
    int march = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * march + 2) / 5 + 1;
    int month = march < 10 ? march + 3 : march - 9;
    int year = yearOfCycle + cycle * YEARS_A_CYCLE + (month <= 2 ? 1 : 0);
    out.appendTwo(year / 100);
    out.appendTwo(year % 100);
    out.append('-');
    out.appendTwo(month);
    out.append('-');
    out.appendTwo(day);
  }

  /** Appends day and time, the latter without the zeros at its end. */
  static void timestamp(long epochMicros, RowBuffer out) {
    long seconds = Math.floorDiv(epochMicros, MICROS_A_SECOND);
    int micros = (int) Math.floorMod(epochMicros, MICROS_A_SECOND);
    date(Math.floorDiv(seconds, (long) SECONDS_A_DAY), out);
    int second = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
    out.append(' ');
    out.appendTwo(second / 3600);
    out.append(':');
    out.appendTwo(second / 60 % 60);
    out.append(':');
    out.appendTwo(second % 60);
    if (micros != 0) {
      fraction(micros, out);
    }
  }

  private static void fraction(int micros, RowBuffer out) {
    out.append('.');
    out.appendTwo(micros / 10_000);
    out.appendTwo(micros / 100 % 100);
    out.appendTwo(micros % 100);
    int length = out.length();
    while (out.bytes()[length - 1] == '0') {
      length--;
    }
    out.truncate(length);
  }
}
