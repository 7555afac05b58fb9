package io.sluice.stack.kinesis.store;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A sequence number of the shape that Kinesis gives out: 56 decimal digits that begin with 49.
 *
 * <p>Seen as 47 hexadecimal digits it reads, from the left: the version 2; the second in which the
 * shard was opened (9 digits); the last digit of the shard's number; the record's index in its
 * shard (16); two zeros; the second of the record's arrival (9); the shard's number (8); and the
 * version again. The index stands before the arrival time, so numbers of one shard rise strictly,
 * and a child shard, opened later than its parents, only has higher ones.
 */
public record SequenceNumber(BigInteger value) implements Comparable<SequenceNumber> {
  private static final int VERSION = 2;
  private static final int DIGITS = 47;

  /** The index that closes a shard: above every record's. */
  static final long END_INDEX = Long.MAX_VALUE;

  static SequenceNumber of(long openedSecond, int shardNumber, long index, long arrivalSecond) {
    // In bytes, not by a text of digits: every put makes one.
    long head = (long) VERSION << 40 | openedSecond << 4 | (shardNumber & 0xf);
    byte[] bytes =
        ByteBuffer.allocate(24)
            .putShort((short) (head >>> 32))
            .putInt((int) head)
            .putLong(index)
            .putShort((short) (arrivalSecond >>> 28))
            .putLong(arrivalSecond << 36 | (shardNumber & 0xffff_ffffL) << 4 | VERSION)
            .array();
    return new SequenceNumber(new BigInteger(1, bytes));
  }

  /**
   * Reads a sequence number.
   *
   * @throws IllegalArgumentException if the text is none that this stand-in can have given out
   */
  public static SequenceNumber parse(String text) {
    if (!text.matches("[1-9][0-9]{0,128}")) {
      throw new IllegalArgumentException("not a sequence number: " + text);
    }
    BigInteger value = new BigInteger(text);
    String hex = value.toString(16);
    if (hex.length() != DIGITS || hex.charAt(0) != '2' || hex.charAt(DIGITS - 1) != '2') {
      throw new IllegalArgumentException("not a sequence number: " + text);
    }
    return new SequenceNumber(value);
  }

  /** The record's index in its shard: 0 for the shard's start, then 1, 2, 3 and so on. */
  long index() {
    return Long.parseUnsignedLong(hex(11, 27), 16);
  }

  long openedSecond() {
    return Long.parseLong(hex(1, 10), 16);
  }

  int shardNumber() {
    return Integer.parseUnsignedInt(hex(38, 46), 16);
  }

  private String hex(int from, int to) {
    return value.toString(16).substring(from, to);
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
