package io.sluice.loader.cli.output;

import io.sluice.loader.words.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The values of cells, as people and as programs see them. */
final class Cells {
  private static final String NOTHING = "-";

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
  private static final double UNIT = 1000;

  private static final int MILLIS = 3;
  private static final int MICROS = 6;

  private Cells() {}

  /** For people. */
  static String readable(Column column, Object value) {
    if (value == null) {
      return NOTHING;
    }
    return switch (column.kind()) {
      case TEXT -> value.toString();
      case NUMBER -> number((Number) value);
      case BYTES -> bytes(((Number) value).longValue());
      case TIME -> ((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString();
      case DURATION -> Durations.words((Duration) value);
      case MONEY -> String.format(Locale.ROOT, "%,.4f", (BigDecimal) value);
    };
  }

  /** For programs: a string, a number or null. */
  static Object plain(Column column, Object value) {
    if (value == null) {
      return null;
    }
    return switch (column.kind()) {
      case TEXT, TIME -> value.toString();
      case NUMBER, BYTES -> value;
      case DURATION -> BigDecimal.valueOf(((Duration) value).toMillis(), MILLIS);
      case MONEY -> ((BigDecimal) value).setScale(MICROS, RoundingMode.HALF_UP);
    };
  }

  private static String number(Number value) {
    boolean whole = value instanceof Long || value instanceof Integer;
    return whole
        ? String.format(Locale.ROOT, "%,d", value.longValue())
        : String.format(Locale.ROOT, "%,.2f", value.doubleValue());
  }

  private static String bytes(long bytes) {
    if (Math.abs(bytes) < UNIT) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (Math.abs(value) >= UNIT && unit < UNITS.length - 1) {
      value /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
