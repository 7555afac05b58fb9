package io.sluice.writer.encode;

/**
 * Takes the values of one row, one call a column, in the order of the table's columns, and appends
 * the row's bytes in one format to a buffer.
 *
 * <p>Values have been checked before: they fit their columns, texts are UTF-8 without a NUL
 * character. For one thread; nothing given to a method is kept.
 */
public interface RowEncoder {
  /** NULL. */
  void nullValue();

  void bool(boolean value);

  /** A whole number. */
  void number(long value);

  /**
   * A number as decimal text such as {@code -12.50}, or {@code 1.5E-7} where the column is real or
   * double precision: in the column's range, a decimal with no more digits behind the point than
   * its scale.
   */
  void number(byte[] ascii, int from, int to);

  /** A day, counted from 1970-01-01. */
  void date(long epochDay);

  /** A time in UTC, in microseconds from 1970-01-01T00:00; for timestamp and timestamptz. */
  void timestamp(long epochMicros);

  /** A text for char or varchar. */
  void text(byte[] utf8, int from, int to);

  /** A JSON document for super. */
  void json(byte[] utf8, int from, int to);

  /** Bytes for varbyte. */
  void bytes(byte[] data, int from, int to);

  /**
   * A whole row as it came, without its line end: for tables whose rows are handed through, in
   * place of all the values.
   */
  void line(byte[] utf8, int from, int to);
}
