package io.sluice.writer.map.json;

import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;

/**
 * Texts of JSON documents without their escapes, in a buffer that is used again. The document has
 * been checked: every escape is whole. For one thread.
 */
public final class JsonText {
  private byte[] buffer = new byte[256];
  private int length;

  /** Makes the value's text from its escaped form and points the token at it. */
  public void unescape(Token value) throws RejectException {
    byte[] bytes = value.bytes();
    // No escape is shorter than the character that it stands for.
    buffer = Buffers.ofAtLeast(buffer, value.length());
    length = 0;
    int p = value.from();
    while (p < value.to()) {
      if (bytes[p] != '\\') {
        buffer[length++] = bytes[p++];
      } else if (bytes[p + 1] != 'u') {
        buffer[length++] = single(bytes[p + 1]);
        p += 2;
      } else {
        p = unicode(bytes, p, value.to());
      }
    }
    value.set(Kind.TEXT, buffer, 0, length);
  }

  private int unicode(byte[] bytes, int p, int to) throws RejectException {
    int first = hex(bytes, p + 2);
    int after = p + 6;
    if (first < Character.MIN_SURROGATE || first > Character.MAX_SURROGATE) {
      append(first);
      return after;
    }
    boolean pair =
        first <= Character.MAX_HIGH_SURROGATE
            && after + 6 <= to
            && bytes[after] == '\\'
            && bytes[after + 1] == 'u';
    int second = pair ? hex(bytes, after + 2) : 0;
    if (second < Character.MIN_LOW_SURROGATE || second > Character.MAX_LOW_SURROGATE) {
      throw RejectException.of(RejectReason.NOT_LOADABLE, "the text has half a surrogate pair");
    }
    append(Character.toCodePoint((char) first, (char) second));
    return after + 6;
  }

  private void append(int c) {
    if (c < 0x80) {
      buffer[length++] = (byte) c;
      return;
    }
    if (c < 0x800) {
      buffer[length++] = (byte) (0xc0 | c >> 6);
    } else if (c < 0x10000) {
      buffer[length++] = (byte) (0xe0 | c >> 12);
      buffer[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
    } else {
      buffer[length++] = (byte) (0xf0 | c >> 18);
      buffer[length++] = (byte) (0x80 | (c >> 12 & 0x3f));
      buffer[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
    }
    buffer[length++] = (byte) (0x80 | (c & 0x3f));
  }

  private static byte single(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private static int hex(byte[] bytes, int p) {
    int value = 0;
    for (int i = p; i < p + 4; i++) {
      value = value << 4 | Character.digit(bytes[i], 16);
    }
    return value;
  }
}
