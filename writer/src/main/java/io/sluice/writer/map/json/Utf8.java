package io.sluice.writer.map.json;

/** UTF-8, strictly: no surrogates, no overlong forms, nothing above U+10FFFF (RFC 3629). */
public final class Utf8 {
  private Utf8() {}

  /** The place of the first byte that is wrong, or -1. */
  public static int firstError(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to) {
      if (bytes[p] >= 0) {
        p++;
        continue;
      }
      int next = afterCharacter(bytes, p, to);
      if (next < 0) {
        return p;
      }
      p = next;
    }
    return -1;
  }

  /** The place after a character of several bytes that begins at {@code p}, or -1. */
  static int afterCharacter(byte[] bytes, int p, int to) {
    int lead = bytes[p] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || p + length > to) {
      return -1;
    }
    int second = bytes[p + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return -1;
    }
    for (int i = p + 2; i < p + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return p + length;
  }
}
