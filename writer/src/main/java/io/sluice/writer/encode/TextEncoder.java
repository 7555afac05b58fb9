package io.sluice.writer.encode;

import java.nio.charset.StandardCharsets;

/** What CSV and delimited text have in common: lines of fields. */
abstract class TextEncoder extends FormatEncoder {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  final byte delimiter;
  private final byte[] nullText;

  TextEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
    this.delimiter = (byte) table.format().delimiter().charAt(0);
    this.nullText = table.format().nullAs().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void nullValue() {
    field();
    out.append(nullText);
  }

  @Override
  public void bool(boolean value) {
    field();
    out.append(value ? TRUE : FALSE);
  }

  @Override
  public void number(long value) {
    field();
    out.appendNumber(value);
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    field();
    out.append(ascii, from, to);
  }

  @Override
  public void date(long epochDay) {
    field();
    TimeText.date(epochDay, out);
  }

  @Override
  public void timestamp(long epochMicros) {
    boolean zoned = isZoned(field());
    TimeText.timestamp(epochMicros, out);
    if (zoned) {
      out.append('+');
      out.appendTwo(0);
    }
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    field();
    value(utf8, from, to);
  }

  @Override
  public void json(byte[] utf8, int from, int to) {
    field();
    value(utf8, from, to);
  }

  @Override
  public void bytes(byte[] data, int from, int to) {
    field();
    out.appendHex(data, from, to);
  }

  @Override
  final void endRow() {
    out.append('\n');
  }

  /** Appends a text so that it reads back as itself. */
  abstract void value(byte[] utf8, int from, int to);

  private int field() {
    int column = next();
    if (column > 0) {
      out.append(delimiter);
    }
    return column;
  }
}
