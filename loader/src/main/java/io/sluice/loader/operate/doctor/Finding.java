package io.sluice.loader.operate.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What a check has found.
 *
 * @param subject what was looked at
 * @param what how it is, one sentence
 * @param remedy what to do about it, empty when there is nothing to do
 */
public record Finding(Level level, String subject, String what, String remedy) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** Nothing is wrong, or it cannot be told. */
    INFO,
    /** The loader can work, but not as well or as safely as it should. */
    WARN,
    /** The loader cannot work. */
    FAIL;

    /** Such as {@code warn}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    requireNonNull(level, "level");
    requireNonNull(subject, "subject");
    requireNonNull(what, "what");
    requireNonNull(remedy, "remedy");
  }

  static Finding ok(String subject, String what) {
    return new Finding(Level.OK, subject, what, "");
  }

  static Finding info(String subject, String what) {
    return new Finding(Level.INFO, subject, what, "");
  }

  static Finding warn(String subject, String what, String remedy) {
    return new Finding(Level.WARN, subject, what, remedy);
  }

  static Finding fail(String subject, String what, String remedy) {
    return new Finding(Level.FAIL, subject, what, remedy);
  }
}
