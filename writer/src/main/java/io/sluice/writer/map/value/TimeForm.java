package io.sluice.writer.map.value;

import java.util.Locale;

/** How a record writes a time. */
public enum TimeForm {
  /**
   * ISO 8601, with {@code T} or a space, with an offset or {@code Z}; without one it is taken as
   * UTC.
   */
  ISO,
  /** Seconds since 1970-01-01T00:00Z. */
  EPOCH_S,
  /** Milliseconds since then. */
  EPOCH_MS,
  /** Microseconds since then. */
  EPOCH_US;

  /** The form as the settings spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
