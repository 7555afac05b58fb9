package io.sluice.writer.encode;

import java.nio.charset.StandardCharsets;

/** What the binary formats have in common: each row with its length in front. */
abstract class FramedEncoder extends FormatEncoder {
  private static final int LENGTH_BYTES = 4;

  private int start;

  FramedEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
  }

  @Override
  void beginRow() {
    start = out.length();
    out.appendInt(0);
  }

  @Override
  void endRow() {
    out.setInt(start, out.length() - start - LENGTH_BYTES);
  }

  static float real(byte[] ascii, int from, int to) {
    return Float.parseFloat(ascii(ascii, from, to));
  }

  static double doublePrecision(byte[] ascii, int from, int to) {
    return Double.parseDouble(ascii(ascii, from, to));
  }

  static String ascii(byte[] ascii, int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.US_ASCII);
  }

  final ColumnType type(int column) {
    return table.columns().get(column).type();
  }
}
