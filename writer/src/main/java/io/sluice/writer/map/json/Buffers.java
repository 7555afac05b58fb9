package io.sluice.writer.map.json;

/**
 * Sizes of buffers that are used again. One record of 10 MiB among millions of small ones must not
 * leave its size behind.
 */
public final class Buffers {
  private static final int KEPT = 1 << 20;

  private Buffers() {}

  /** The buffer or another in its place, with room for so much; what was in it may be gone. */
  public static byte[] ofAtLeast(byte[] buffer, int length) {
    if (buffer.length >= length && (buffer.length <= KEPT || length > KEPT)) {
      return buffer;
    }
    return new byte[length > KEPT ? length : Math.max(256, Integer.highestOneBit(length) << 1)];
  }
}
