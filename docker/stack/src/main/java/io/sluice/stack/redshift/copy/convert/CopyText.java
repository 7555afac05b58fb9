package io.sluice.stack.redshift.copy.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects rows in PostgreSQL's COPY text format. A row can be taken back until the next one
 * starts.
 */
public final class CopyText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[1 << 17];
  private int length;

  /** The bytes themselves, {@link #length()} of them valid. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Cuts back to a length noted before. */
  public void truncate(int to) {
    length = to;
  }

  /** Appends one byte as it is. */
  public void raw(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Appends a slice that holds nothing to escape. */
  public void raw(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Appends ASCII text that holds nothing to escape. */
  public void raw(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    raw(ascii, 0, ascii.length);
  }

  /** Appends NULL. */
  public void nullValue() {
    raw('\\');
    raw('N');
  }

  /** Appends a slice of any text. */
  public void escaped(byte[] source, int from, int to) {
    reserve(2 * (to - from));
    for (int i = from; i < to; i++) {
      byte b = source[i];
      int escape = b == '\\' ? '\\' : b == '\t' ? 't' : b == '\n' ? 'n' : b == '\r' ? 'r' : 0;
      if (escape != 0) {
        bytes[length++] = '\\';
        bytes[length++] = (byte) escape;
      } else {
        bytes[length++] = b;
      }
    }
  }

  /** Appends bytes as two hexadecimal digits each. */
  public void hex(byte[] source, int from, int to) {
    reserve(2 * (to - from));
    for (int i = from; i < to; i++) {
      bytes[length++] = HEX[(source[i] >> 4) & 0xF];
      bytes[length++] = HEX[source[i] & 0xF];
    }
  }

  /** Appends a number with at least {@code width} digits. */
  public void number(int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      raw('0');
    }
    raw(digits);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
