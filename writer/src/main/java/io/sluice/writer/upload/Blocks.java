package io.sluice.writer.upload;

import io.sluice.common.store.ObjectBytes;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Bytes that gather in blocks of a pool. The writer's end is for one thread; what {@link #cut} has
 * taken off is handed to another thread, which reads and then releases it.
 */
final class Blocks {
  private final BlockPool pool;
  private final Deque<byte[]> full = new ArrayDeque<>();
  private byte[] last;
  private int lastLength;

  Blocks(BlockPool pool) {
    this.pool = pool;
  }

  long length() {
    return (long) full.size() * pool.blockBytes() + lastLength;
  }

  void append(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int count = Math.min(room(), to - at);
      System.arraycopy(bytes, at, last, lastLength, count);
      lastLength += count;
      at += count;
    }
  }

  void append(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      int count = Math.min(room(), bytes.remaining());
      bytes.get(last, lastLength, count);
      lastLength += count;
    }
  }

  private int room() {
    if (last == null) {
      last = pool.take();
      lastLength = 0;
    } else if (lastLength == last.length) {
      full.addLast(last);
      last = pool.take();
      lastLength = 0;
    }
    return last.length - lastLength;
  }

  /** Takes at least {@code bytes} off the front, in whole blocks; there must be as many. */
  Body cut(long bytes) {
    List<byte[]> blocks = new ArrayList<>();
    long length = 0;
    while (length < bytes && !full.isEmpty()) {
      blocks.add(full.removeFirst());
      length += pool.blockBytes();
    }
    return new Body(pool, blocks, length);
  }

  /** Takes all. */
  Body cutAll() {
    long length = length();
    List<byte[]> blocks = new ArrayList<>(full);
    full.clear();
    if (last != null) {
      blocks.add(last);
      last = null;
      lastLength = 0;
    }
    return new Body(pool, blocks, length);
  }

  /** The bytes of one request. */
  static final class Body implements ObjectBytes {
    private final BlockPool pool;
    private final List<byte[]> blocks;
    private final long length;
    private OptionalInt expected = OptionalInt.empty();

    private Body(BlockPool pool, List<byte[]> blocks, long length) {
      this.pool = pool;
      this.blocks = blocks;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    /** What the blocks take, which is more than their content. */
    long memory() {
      return (long) blocks.size() * pool.blockBytes();
    }

    @Override
    public InputStream open() {
      return new BlockStream(blocks, length);
    }

    /**
     * Gives the checksum that was made when the bytes came in, so that what happens to them here is
     * found, too.
     */
    void expect(int crc32c) {
      expected = OptionalInt.of(crc32c);
    }

    @Override
    public int crc32c() {
      return expected.isPresent() ? expected.getAsInt() : computed();
    }

    private int computed() {
      CRC32C crc = new CRC32C();
      long left = length;
      for (byte[] block : blocks) {
        int count = (int) Math.min(block.length, left);
        crc.update(block, 0, count);
        left -= count;
      }
      return (int) crc.getValue();
    }

    /** Gives the blocks back; nobody reads them any more. */
    void release() {
      blocks.forEach(pool::give);
      blocks.clear();
    }
  }
}
