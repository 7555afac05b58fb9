package io.sluice.writer.check;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param what was looked at
 * @param found how it is, and what to do unless it is right
 */
public record Finding(Level level, String what, String found) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** It may work all the same. */
    WARN,
    /** A start would fail. */
    FAIL
  }

  /** Whether a start would fail of it. */
  public boolean isFailure() {
    return level == Level.FAIL;
  }

  static Finding ok(String what, String found) {
    return new Finding(Level.OK, what, found);
  }

  static Finding warn(String what, String found) {
    return new Finding(Level.WARN, what, found);
  }

  static Finding fail(String what, String found) {
    return new Finding(Level.FAIL, what, found);
  }

  @Override
  public String toString() {
    return "%-5s %-14s %s"
        .formatted(
            level.name().toLowerCase(Locale.ROOT),
            what,
            found.replace("\n", "\n" + " ".repeat(21)));
  }
}
