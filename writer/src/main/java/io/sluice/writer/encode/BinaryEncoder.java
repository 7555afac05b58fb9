package io.sluice.writer.encode;

import java.math.BigDecimal;

/**
 * Rows that wait for being turned into columns. A value is a byte, 0 for NULL and 1 otherwise, and
 * then: a boolean is a byte; smallint, integer, real and date are four bytes; bigint, double
 * precision and times eight, numbers with the lowest byte first; all the rest is a length of four
 * bytes and so many bytes, a decimal as the unscaled number with the highest byte first.
 */
final class BinaryEncoder extends FramedEncoder {
  BinaryEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
  }

  @Override
  public void nullValue() {
    next();
    out.append(0);
  }

  @Override
  public void bool(boolean value) {
    value();
    out.append(value ? 1 : 0);
  }

  @Override
  public void number(long value) {
    ColumnType type = value();
    switch (type.kind()) {
      case REAL -> out.appendInt(Float.floatToRawIntBits((float) value));
      case DOUBLE -> out.appendLong(Double.doubleToRawLongBits((double) value));
      case DECIMAL -> decimal(BigDecimal.valueOf(value), type);
      case BIGINT -> out.appendLong(value);
      default -> out.appendInt((int) value);
    }
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    ColumnType type = value();
    switch (type.kind()) {
      case REAL -> out.appendInt(Float.floatToRawIntBits(real(ascii, from, to)));
      case DOUBLE -> out.appendLong(Double.doubleToRawLongBits(doublePrecision(ascii, from, to)));
      case DECIMAL -> decimal(new BigDecimal(ascii(ascii, from, to)), type);
      case BIGINT -> out.appendLong(Long.parseLong(ascii(ascii, from, to)));
      default -> out.appendInt(Integer.parseInt(ascii(ascii, from, to)));
    }
  }

  @Override
  public void date(long epochDay) {
    value();
    out.appendInt((int) epochDay);
  }

  @Override
  public void timestamp(long epochMicros) {
    value();
    out.appendLong(epochMicros);
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    value();
    sized(utf8, from, to);
  }

  @Override
  public void json(byte[] utf8, int from, int to) {
    value();
    sized(utf8, from, to);
  }

  @Override
  public void bytes(byte[] data, int from, int to) {
    value();
    sized(data, from, to);
  }

  private void decimal(BigDecimal value, ColumnType type) {
    byte[] unscaled = value.setScale(type.scale()).unscaledValue().toByteArray();
    sized(unscaled, 0, unscaled.length);
  }

  private ColumnType value() {
    ColumnType type = type(next());
    out.append(1);
    return type;
  }

  private void sized(byte[] bytes, int from, int to) {
    out.appendInt(to - from);
    out.append(bytes, from, to);
  }
}
