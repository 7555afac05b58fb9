package io.sluice.writer.upload;

import java.io.InputStream;
import java.util.List;

/** Reads blocks of one size one after the other; can be reset to any mark. */
final class BlockStream extends InputStream {
  private final List<byte[]> blocks;
  private final long length;
  private long position;
  private long mark;

  BlockStream(List<byte[]> blocks, long length) {
    this.blocks = blocks;
    this.length = length;
  }

  @Override
  public int read() {
    if (position == length) {
      return -1;
    }
    int size = blocks.get(0).length;
    byte b = blocks.get((int) (position / size))[(int) (position % size)];
    position++;
    return b & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int count) {
    if (count == 0) {
      return 0;
    }
    if (position == length) {
      return -1;
    }
    int size = blocks.get(0).length;
    int from = (int) (position % size);
    int taken = (int) Math.min(Math.min(count, size - from), length - position);
    System.arraycopy(blocks.get((int) (position / size)), from, to, offset, taken);
    position += taken;
    return taken;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, length - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, length - position);
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int readLimit) {
    mark = position;
  }

  @Override
  public synchronized void reset() {
    position = mark;
  }
}
