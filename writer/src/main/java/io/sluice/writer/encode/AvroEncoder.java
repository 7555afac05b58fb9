package io.sluice.writer.encode;

import io.sluice.writer.encode.ColumnType.Kind;

/**
 * Rows in Avro's binary encoding by {@link AvroSchema}. See "Binary Encoding" in the Apache Avro
 * Specification.
 */
final class AvroEncoder extends FramedEncoder {
  /** The places of a column's two types in its union, as they are written. */
  private static final int NULL = 0;

  private static final int VALUE = 2;

  private final RowBuffer scratch = new RowBuffer(64);

  AvroEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
  }

  @Override
  public void nullValue() {
    next();
    out.append(NULL);
  }

  @Override
  public void bool(boolean value) {
    value();
    out.append(value ? 1 : 0);
  }

  @Override
  public void number(long value) {
    switch (value()) {
      case REAL -> out.appendInt(Float.floatToRawIntBits((float) value));
      case DOUBLE -> out.appendLong(Double.doubleToRawLongBits((double) value));
      case DECIMAL -> {
        scratch.truncate(0);
        scratch.appendNumber(value);
        scratched();
      }
      default -> out.appendZigZag(value);
    }
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    switch (value()) {
      case REAL -> out.appendInt(Float.floatToRawIntBits(real(ascii, from, to)));
      case DOUBLE -> out.appendLong(Double.doubleToRawLongBits(doublePrecision(ascii, from, to)));
      case DECIMAL -> sized(ascii, from, to);
      default -> out.appendZigZag(Long.parseLong(ascii(ascii, from, to)));
    }
  }

  @Override
  public void date(long epochDay) {
    value();
    scratch.truncate(0);
    TimeText.date(epochDay, scratch);
    scratched();
  }

  @Override
  public void timestamp(long epochMicros) {
    Kind kind = value();
    scratch.truncate(0);
    TimeText.timestamp(epochMicros, scratch);
    if (kind == Kind.TIMESTAMPTZ) {
      scratch.append('+');
      scratch.appendTwo(0);
    }
    scratched();
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    value();
    sized(utf8, from, to);
  }

  @Override
  public void json(byte[] utf8, int from, int to) {
    throw new IllegalStateException("Avro holds no document for SUPER");
  }

  @Override
  public void bytes(byte[] data, int from, int to) {
    value();
    out.appendZigZag(2L * (to - from));
    out.appendHex(data, from, to);
  }

  private Kind value() {
    Kind kind = type(next()).kind();
    out.append(VALUE);
    return kind;
  }

  private void scratched() {
    sized(scratch.bytes(), 0, scratch.length());
  }

  private void sized(byte[] bytes, int from, int to) {
    out.appendZigZag(to - from);
    out.append(bytes, from, to);
  }
}
