package io.sluice.stack.redshift.copy.parquet;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a stream for reading in any order: a few in memory, more in a temporary file that is
 * gone once this is closed. Used by one thread.
 */
public final class Spool implements Closeable {
  /** As much as may stay in memory. */
  static final int IN_MEMORY = 8 << 20;

  private static final int PIECE = 1 << 16;

  private final byte[] memory;
  private final FileChannel file;
  private final long size;

  private Spool(byte[] memory, FileChannel file, long size) {
    this.memory = memory;
    this.file = file;
    this.size = size;
  }

  /** Reads {@code in} to its end. */
  public static Spool of(InputStream in) throws IOException {
    byte[] start = in.readNBytes(IN_MEMORY + 1);
    if (start.length <= IN_MEMORY) {
      return new Spool(start, null, start.length);
    }
    Path path = Files.createTempFile("sluice-copy-", ".parquet");
    FileChannel file = null;
    try {
      file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
      write(file, start, start.length);
      byte[] piece = new byte[PIECE];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        write(file, piece, count);
      }
      return new Spool(null, file, file.size());
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** How many bytes there are. */
  public long size() {
    return size;
  }

  /** The bytes of a range, which must lie within the size. */
  InputStream range(long position, long length) {
    return new Range(position, position + length);
  }

  /** Reads {@code length} bytes from a place. */
  byte[] read(long position, int length) throws IOException {
    byte[] bytes = range(position, length).readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  private int readAt(long position, byte[] target, int offset, int length) throws IOException {
    if (file != null) {
      return file.read(ByteBuffer.wrap(target, offset, length), position);
    }
    System.arraycopy(memory, (int) position, target, offset, length);
    return length;
  }

  /** A part of the bytes, with a small window so that headers are not read byte by byte. */
  private final class Range extends InputStream {
    private final byte[] window = new byte[1 << 12];
    private final long end;
    private long next;
    private int position;
    private int limit;

    Range(long start, long end) {
      this.next = start;
      this.end = Math.min(end, size);
    }

    @Override
    public int read() throws IOException {
      if (position == limit && !fill()) {
        return -1;
      }
      return window[position++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position == limit && length < window.length && !fill()) {
        return -1;
      }
      if (position < limit) {
        int count = Math.min(length, limit - position);
        System.arraycopy(window, position, target, offset, count);
        position += count;
        return count;
      }
      int wanted = (int) Math.min(length, end - next);
      if (wanted <= 0) {
        return -1;
      }
      int count = readAt(next, target, offset, wanted);
      next += Math.max(0, count);
      return count;
    }

    private boolean fill() throws IOException {
      int wanted = (int) Math.min(window.length, end - next);
      limit = wanted <= 0 ? 0 : Math.max(0, readAt(next, window, 0, wanted));
      position = 0;
      next += limit;
      return limit > 0;
    }
  }
}
