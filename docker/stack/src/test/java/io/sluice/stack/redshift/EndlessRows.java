package io.sluice.stack.redshift;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The same row again and again, for ever or up to a number of bytes. */
final class EndlessRows extends InputStream {
  private final byte[] row;
  private final long size;
  private long position;

  private EndlessRows(String row, long size) {
    this.row = row.getBytes(StandardCharsets.US_ASCII);
    this.size = size;
  }

  static EndlessRows of(String row) {
    return new EndlessRows(row, Long.MAX_VALUE);
  }

  /** {@code count} rows. */
  static EndlessRows of(String row, long count) {
    return new EndlessRows(row, count * row.length());
  }

  @Override
  public int read() {
    return position == size ? -1 : row[(int) (position++ % row.length)] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int count = 0;
    while (count < length && position < size) {
      int from = (int) (position % row.length);
      int piece = (int) Math.min(Math.min(row.length - from, length - count), size - position);
      System.arraycopy(row, from, target, offset + count, piece);
      count += piece;
      position += piece;
    }
    return count == 0 ? -1 : count;
  }
}
