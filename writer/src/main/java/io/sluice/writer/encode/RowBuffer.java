package io.sluice.writer.encode;

import java.util.Arrays;

/** A growing run of bytes that encoders append to. For one thread. */
public final class RowBuffer {
  /** What one decimal digit after the other leaves of two digits. */
  private static final byte[] TENS = new byte[100];

  private static final byte[] ONES = new byte[100];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
  }

  private static final int MOST_DIGITS = 20;

  private byte[] bytes;
  private int length;

  public RowBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** The bytes, {@link #length()} of them valid until the next one is appended. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Cuts back to a length that was seen before. */
  public void truncate(int to) {
    length = to;
  }

  /** Gives memory back that a large row took. */
  public void shrink(int capacity) {
    if (bytes.length > capacity && length <= capacity) {
      bytes = Arrays.copyOf(bytes, capacity);
    }
  }

  void append(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  /** Some bytes as they are. */
  public void append(byte[] source, int from, int to) {
    int count = to - from;
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** A whole number in decimal digits. */
  void appendNumber(long value) {
    if (value == Long.MIN_VALUE) {
      append(Long.toString(value).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return;
    }
    reserve(MOST_DIGITS);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int digits = digits(rest);
    int at = length + digits;
    length = at;
    while (rest >= 100) {
      int pair = (int) (rest % 100);
      rest /= 100;
      bytes[--at] = ONES[pair];
      bytes[--at] = TENS[pair];
    }
    bytes[--at] = ONES[(int) rest];
    if (rest >= 10) {
      bytes[--at] = TENS[(int) rest];
    }
  }

  /** Two decimal digits of a number below 100. */
  void appendTwo(int value) {
    reserve(2);
    bytes[length++] = TENS[value];
    bytes[length++] = ONES[value];
  }

  /** Bytes as two hexadecimal digits each. */
  void appendHex(byte[] source, int from, int to) {
    reserve(2 * (to - from));
    for (int i = from; i < to; i++) {
      bytes[length++] = hex(source[i] >> 4);
      bytes[length++] = hex(source[i]);
    }
  }

  static byte hex(int value) {
    int digit = value & 0xF;
    return (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
  }

  /** A whole number as Avro writes it: zigzag, seven bits a byte, the lowest first. */
  void appendZigZag(long value) {
    long rest = (value << 1) ^ (value >> 63);
    reserve(10);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Four bytes, the lowest first. */
  void appendInt(int value) {
    reserve(4);
    setInt(length, value);
    length += 4;
  }

  /** Eight bytes, the lowest first. */
  void appendLong(long value) {
    appendInt((int) value);
    appendInt((int) (value >>> 32));
  }

  /** Puts four bytes in place of others. */
  void setInt(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int more) {
    int needed = length + more;
    if (needed < 0) {
      throw new OutOfMemoryError("a row of more than 2 GiB");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, 1L << 30)));
    }
  }
}
