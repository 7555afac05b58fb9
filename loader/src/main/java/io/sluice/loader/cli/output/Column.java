package io.sluice.loader.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column of an answer.
 *
 * @param name as programs see it, in snake case: {@code last_load_at}
 * @param kind what its cells are
 */
public record Column(String name, Kind kind) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** What the cells of a column are; any cell may be null, which means that there is nothing. */
  public enum Kind {
    /** Words: any object, by its {@code toString}. */
    TEXT,
    /** A whole number or one with a fraction. */
    NUMBER,
    /** A number of bytes. */
    BYTES,
    /** An {@link java.time.Instant}. */
    TIME,
    /** A {@link java.time.Duration}; programs see seconds. */
    DURATION,
    /** A {@link java.math.BigDecimal}, in a currency that another column names. */
    MONEY
  }

  public Column {
    requireNonNull(kind, "kind");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a column");
    }
  }

  /** A column of words. */
  public static Column text(String name) {
    return new Column(name, Kind.TEXT);
  }

  /** A column of numbers. */
  public static Column number(String name) {
    return new Column(name, Kind.NUMBER);
  }

  /** A column of sizes in bytes. */
  public static Column bytes(String name) {
    return new Column(name, Kind.BYTES);
  }

  /** A column of moments. */
  public static Column time(String name) {
    return new Column(name, Kind.TIME);
  }

  /** A column of lengths of time. */
  public static Column duration(String name) {
    return new Column(name, Kind.DURATION);
  }

  /** A column of amounts of money. */
  public static Column money(String name) {
    return new Column(name, Kind.MONEY);
  }

  /** The heading for people. */
  String heading() {
    return name.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  /** The name for programs, which tells the unit. */
  String key() {
    return kind == Kind.DURATION ? name + "_seconds" : name;
  }

  boolean isNumeric() {
    return switch (kind) {
      case NUMBER, BYTES, DURATION, MONEY -> true;
      case TEXT, TIME -> false;
    };
  }
}
