package io.sluice.writer.encode;

/**
 * Appends rows of one table in one format to a buffer, and keeps count of the columns, so that a
 * row that lacks one is never taken for whole. For one thread.
 *
 * <p>Text formats append lines. Avro and Parquet append each row with its length in four bytes, the
 * lowest first, in front: what reads them must find where a row ends.
 */
public abstract class FormatEncoder implements RowEncoder {
  final RowBuffer out;
  final TableLayout table;
  private final int columns;
  private final boolean[] zoned;
  private int column;

  FormatEncoder(TableLayout table, RowBuffer out) {
    this.table = table;
    this.out = out;
    this.columns = table.columns().size();
    this.zoned = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      zoned[i] = table.columns().get(i).type().kind() == ColumnType.Kind.TIMESTAMPTZ;
    }
  }

  /** An encoder for the table's format. */
  public static FormatEncoder of(TableLayout table, RowBuffer out) {
    return switch (table.format().format()) {
      case CSV -> new CsvEncoder(table, out);
      case DELIMITED -> new DelimitedEncoder(table, out);
      case JSON -> new JsonEncoder(table, out);
      case AVRO -> new AvroEncoder(table, out);
      case PARQUET -> new BinaryEncoder(table, out);
    };
  }

  /** Begins a row. */
  public void begin() {
    column = 0;
    beginRow();
  }

  /** Ends the row; throws {@link IllegalStateException} when a column has no value. */
  public void end() {
    if (column != columns) {
      throw new IllegalStateException(
          "a row of %s has %d of %d values".formatted(table.name(), column, columns));
    }
    endRow();
  }

  /** What stands before the first value. */
  void beginRow() {}

  /** What stands behind the last value. */
  abstract void endRow();

  /** Moves on to the next column, and tells its index. */
  final int next() {
    if (column == columns) {
      throw new IllegalStateException(
          "a row of %s has more than %d values".formatted(table.name(), columns));
    }
    return column++;
  }

  /** Whether the column's times have a zone. */
  final boolean isZoned(int index) {
    return zoned[index];
  }

  @Override
  public void line(byte[] utf8, int from, int to) {
    if (columns > 0 || !table.format().format().isText()) {
      throw new IllegalStateException(
          "rows of %s are made of values, not handed through".formatted(table.name()));
    }
    out.append(utf8, from, to);
  }
}
