package io.sluice.writer.file;

import io.sluice.writer.upload.BlockPool;
import java.util.ArrayDeque;
import java.util.Deque;

/** Rows of one table that wait for a file, in their order. For one thread. */
final class WaitingRows {
  private final BlockPool pool;
  private final Deque<RowChunk> chunks = new ArrayDeque<>();
  private final RowMemory total;
  private long memory;

  WaitingRows(BlockPool pool, RowMemory total) {
    this.pool = pool;
    this.total = total;
  }

  /** Takes the bytes of {@code rows} whole rows. */
  void add(byte[] bytes, int from, int to, int rows) {
    RowChunk last = chunks.peekLast();
    if (last == null || !last.fits(to - from)) {
      last = new RowChunk(to - from <= pool.blockBytes() ? pool.take() : new byte[to - from]);
      chunks.addLast(last);
      grow(last.bytes.length);
    }
    last.append(bytes, from, to, rows);
  }

  /** What the rows take. */
  long memory() {
    return memory;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Whether there is a chunk that gets no more rows. */
  boolean hasFullChunk() {
    return chunks.size() > 1;
  }

  /** Takes the first chunk, which the caller releases. */
  RowChunk remove() {
    RowChunk chunk = chunks.removeFirst();
    grow(-chunk.bytes.length);
    return chunk;
  }

  /** Forgets all rows. */
  void clear() {
    while (!chunks.isEmpty()) {
      remove().release(pool);
    }
  }

  private void grow(long by) {
    memory += by;
    total.grow(by);
  }
}
