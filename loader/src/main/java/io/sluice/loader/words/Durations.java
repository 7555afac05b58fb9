package io.sluice.loader.words;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
public final class Durations {
  private static final double MILLIS = 1000;

  private Durations() {}

  /** The two largest units, down to milliseconds: {@code 3d 4h}, {@code 5m}, {@code 405ms}. */
  public static String words(Duration duration) {
    if (duration.isNegative()) {
      return "-" + words(duration.negated());
    }
    if (duration.toDays() > 0) {
      return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
    }
    if (duration.toMinutes() > 0) {
      return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
    }
    if (duration.toSeconds() == 0 && duration.toMillis() > 0) {
      return duration.toMillis() + "ms";
    }
    String seconds = String.format(Locale.ROOT, "%.1f", duration.toMillis() / MILLIS);
    return (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds) + "s";
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
