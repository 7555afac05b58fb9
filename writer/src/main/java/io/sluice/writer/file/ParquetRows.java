package io.sluice.writer.file;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.TableLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Takes rows as the binary encoder leaves them apart into Parquet's columns. For one thread. */
final class ParquetRows extends WriteSupport<ParquetRows.Row> {
  private final TableLayout table;
  private final ColumnType[] types;
  private final String[] names;
  private RecordConsumer consumer;

  /** A row's bytes, without their length. Used again for each row. */
  static final class Row {
    private byte[] bytes;
    private int at;

    void set(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    private int nextByte() {
      return bytes[at++];
    }

    private int nextInt() {
      int value = FramedRows.length(bytes, at);
      at += 4;
      return value;
    }

    private long nextLong() {
      long value = FramedRows.number(bytes, at);
      at += 8;
      return value;
    }

    /** The bytes are used again for other rows, and Parquet is told so. */
    private Binary nextBytes() {
      int length = nextInt();
      Binary value = Binary.fromReusedByteArray(bytes, at, length);
      at += length;
      return value;
    }
  }

  ParquetRows(TableLayout table) {
    this.table = table;
    this.types =
        table.columns().stream().map(TableLayout.LayoutColumn::type).toArray(ColumnType[]::new);
    this.names =
        table.columns().stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
  }

  /** Never called, for a configuration without Hadoop was given; but it has no body to inherit. */
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(Row row) {
    consumer.startMessage();
    for (int i = 0; i < types.length; i++) {
      if (row.nextByte() != 0) {
        consumer.startField(names[i], i);
        value(types[i], row);
        consumer.endField(names[i], i);
      }
    }
    consumer.endMessage();
  }

  private WriteContext context() {
    return new WriteContext(ParquetSchema.of(table), Map.of());
  }

  private void value(ColumnType type, Row row) {
    switch (type.kind()) {
      case BOOLEAN -> consumer.addBoolean(row.nextByte() != 0);
      case SMALLINT, INTEGER, DATE -> consumer.addInteger(row.nextInt());
      case BIGINT, TIMESTAMP, TIMESTAMPTZ -> consumer.addLong(row.nextLong());
      case REAL -> consumer.addFloat(Float.intBitsToFloat(row.nextInt()));
      case DOUBLE -> consumer.addDouble(Double.longBitsToDouble(row.nextLong()));
      case CHAR, VARCHAR, SUPER, VARBYTE -> consumer.addBinary(row.nextBytes());
      case DECIMAL -> decimal(type, row);
    }
  }

  private void decimal(ColumnType type, Row row) {
    int length = row.nextInt();
    byte sign = (byte) (row.bytes[row.at] < 0 ? -1 : 0);
    if (ParquetSchema.isLong(type)) {
      long value = sign;
      for (int i = 0; i < length; i++) {
        value = (value << 8) | (row.nextByte() & 0xFF);
      }
      consumer.addLong(value);
      return;
    }
    byte[] fixed = new byte[ParquetSchema.DECIMAL_BYTES];
    Arrays.fill(fixed, sign);
    System.arraycopy(row.bytes, row.at, fixed, fixed.length - length, length);
    row.at += length;
    consumer.addBinary(Binary.fromConstantByteArray(fixed));
  }
}
