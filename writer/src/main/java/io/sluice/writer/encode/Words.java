package io.sluice.writer.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time, as a long whose lowest byte is the first one. What is found is
 * marked by the highest bit of its byte.
 */
public final class Words {
  /** A one in each byte. */
  public static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  public static final long HIGHS = 0x8080808080808080L;

  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** The eight bytes from {@code at} on. */
  public static long at(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Marks the bytes that equal this ASCII character, and no others. */
  public static long equal(long word, int character) {
    return ~unequal(word, character) & HIGHS;
  }

  /** Marks the bytes that do not equal this ASCII character; the bits below the marks are any. */
  public static long unequal(long word, int character) {
    long zeroWhereEqual = word ^ character * ONES;
    return (zeroWhereEqual & LOWS) + LOWS | zeroWhereEqual;
  }

  /**
   * Marks the lowest byte that equals this ASCII character, and perhaps others above it; none when
   * there is none. The bits below the marks are any. Cheaper than {@link #equal}.
   */
  public static long likely(long word, int character) {
    long zeroWhereEqual = word ^ character * ONES;
    // A borrow can only mark bytes above a true one.
    return zeroWhereEqual - ONES & ~zeroWhereEqual;
  }

  /**
   * Marks the lowest byte below a blank, and perhaps others above it; none when there is none. The
   * bits below the marks are any.
   */
  public static long likelyControl(long word) {
    return word - ' ' * ONES & ~word;
  }

  /** Whether any byte is marked. */
  public static boolean anyMarked(long marks) {
    return (marks & HIGHS) != 0;
  }

  /** How many bytes are marked. */
  public static int count(long marks) {
    return Long.bitCount(marks & HIGHS);
  }

  /** Whether all of {@code expected} stands at a place, with room for it. */
  public static boolean standsAt(byte[] bytes, int place, byte[] expected) {
    int i = 0;
    while (expected.length - i >= Long.BYTES) {
      if (at(bytes, place + i) != at(expected, i)) {
        return false;
      }
      i += Long.BYTES;
    }
    for (; i < expected.length; i++) {
      if (bytes[place + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * How many marks there are up to and with each byte, byte by byte: the multiplication adds each
   * mark to its own byte and to all behind it.
   */
  public static long counts(long marks) {
    return (marks >>> 7) * ONES;
  }
}
