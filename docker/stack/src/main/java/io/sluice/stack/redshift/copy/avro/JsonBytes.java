package io.sluice.stack.redshift.copy.avro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as it is written; what comes while it is muted is dropped. */
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_ESCAPE = 6;

  private byte[] bytes = new byte[1 << 10];
  private int length;
  private boolean muted;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void mute() {
    muted = true;
  }

  void unmute() {
    muted = false;
  }

  void raw(char ascii) {
    if (!muted) {
      reserve(1);
      bytes[length++] = (byte) ascii;
    }
  }

  void raw(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      raw(ascii.charAt(i));
    }
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    text(utf8, 0, utf8.length);
  }

  /** A string of these bytes, in quotes; only what JSON cannot hold is escaped. */
  void text(byte[] source, int from, int to) {
    if (muted) {
      return;
    }
    reserve(2 + LONGEST_ESCAPE * (to - from));
    bytes[length++] = '"';
    for (int i = from; i < to; i++) {
      byte b = source[i];
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
      } else if (b >= 0 && b < ' ') {
        raw("\\u00");
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 0xF];
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
