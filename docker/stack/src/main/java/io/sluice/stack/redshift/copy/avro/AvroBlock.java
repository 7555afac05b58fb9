package io.sluice.stack.redshift.copy.avro;

import java.nio.charset.StandardCharsets;

/**
 * Walks over one unpacked piece of a file in Avro's binary encoding. No length that the bytes claim
 * is believed before it is compared with the bytes that are there. Used by one thread.
 */
final class AvroBlock {
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private int position;

  AvroBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  /** An int or a long: zigzag, seven bits a byte. */
  long readLong() throws BrokenAvroException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      byte next = bytes[skip(1)];
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new BrokenAvroException("A number has too many bytes.");
  }

  boolean readBoolean() throws BrokenAvroException {
    return bytes[skip(1)] != 0;
  }

  float readFloat() throws BrokenAvroException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  double readDouble() throws BrokenAvroException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  /** Moves past as many bytes as the length in front of them says; the result is how many. */
  int skipSized() throws BrokenAvroException {
    long length = readLong();
    skip(length);
    return (int) length;
  }

  /** A text with its length in front. */
  String readText() throws BrokenAvroException {
    int length = skipSized();
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  /** Moves past some bytes; the result is where they start. */
  int skip(long count) throws BrokenAvroException {
    if (count < 0 || count > bytes.length - position) {
      throw BrokenAvroException.cutOff();
    }
    int start = position;
    position += (int) count;
    return start;
  }

  /** Where the next byte stands. */
  int position() {
    return position;
  }

  private long littleEndian(int width) throws BrokenAvroException {
    int start = skip(width);
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[start + i] & 0xFF);
    }
    return value;
  }
}
