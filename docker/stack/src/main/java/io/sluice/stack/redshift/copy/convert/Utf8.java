package io.sluice.stack.redshift.copy.convert;

/** UTF-8, checked byte by byte. */
final class Utf8 {
  /** Redshift's number of a sequence that ends before its last byte. */
  private static final int INCOMPLETE = -2;

  /** Redshift's number of a byte that can start no character. */
  private static final int BAD_START = -3;

  /** Redshift's number of a byte that can continue no character. */
  private static final int BAD_CONTINUATION = -4;

  private Utf8() {}

  /**
   * The length of the character at {@code at}, or Redshift's number of what is wrong with it,
   * negative.
   */
  static int width(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first == 0) {
      return BAD_START;
    }
    int width = announced(first);
    if (width < 2) {
      return width == 1 ? 1 : BAD_START;
    }
    if (at + width > to) {
      return INCOMPLETE;
    }
    for (int i = at + 1; i < at + width; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return BAD_CONTINUATION;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    boolean outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || outside ? BAD_CONTINUATION : width;
  }

  /**
   * Whether a well-formed character is one that Unicode has not: from U+FDD0 to U+FDEF and the last
   * two of each plane. COPY takes them, but replaces them with ACCEPTINVCHARS.
   */
  static boolean isNonCharacter(byte[] bytes, int at, int width) {
    if (width < 3) {
      return false;
    }
    int code = width == 3 ? bytes[at] & 0x0F : bytes[at] & 0x07;
    for (int i = at + 1; i < at + width; i++) {
      code = code << 6 | (bytes[i] & 0x3F);
    }
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
  }

  /**
   * How many bytes the broken character at {@code at} takes: its start and what could continue it.
   */
  static int brokenLength(byte[] bytes, int at, int to) {
    int end = Math.min(to, at + Math.max(1, announced(bytes[at] & 0xFF)));
    int i = at + 1;
    while (i < end && (bytes[i] & 0xC0) == 0x80) {
      i++;
    }
    return i - at;
  }

  /** The end of the last whole character before {@code limit}. */
  static int cut(byte[] bytes, int from, int limit) {
    int end = limit;
    while (end > from && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  static String hex(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder();
    for (int i = from; i < to; i++) {
      hex.append(i == from ? "" : " ").append("%02x".formatted(bytes[i] & 0xFF));
    }
    return hex.toString();
  }

  private static int announced(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }
}
