package io.sluice.writer.file;

/** Rows with their lengths in front, as the encoders of binary formats leave them. */
final class FramedRows {
  static final int LENGTH_BYTES = 4;

  private FramedRows() {}

  /** The length that stands there. */
  static int length(byte[] bytes, int at) {
    return (bytes[at] & 0xFF)
        | ((bytes[at + 1] & 0xFF) << 8)
        | ((bytes[at + 2] & 0xFF) << 16)
        | (bytes[at + 3] << 24);
  }

  /** Eight bytes, the lowest first. */
  static long number(byte[] bytes, int at) {
    return (length(bytes, at) & 0xFFFF_FFFFL) | ((long) length(bytes, at + LENGTH_BYTES) << 32);
  }
}
