package io.sluice.writer.file;

import io.sluice.writer.upload.BlockPool;

/** The bytes of some whole rows. */
final class RowChunk {
  final byte[] bytes;
  int length;
  int rows;

  RowChunk(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean fits(int count) {
    return bytes.length - length >= count;
  }

  void append(byte[] source, int from, int to, int count) {
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    rows += count;
  }

  /** What is larger than a block has one of its own, which nobody wants back. */
  void release(BlockPool pool) {
    if (bytes.length == pool.blockBytes()) {
      pool.give(bytes);
    }
  }
}
