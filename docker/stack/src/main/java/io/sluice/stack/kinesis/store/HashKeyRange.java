package io.sluice.stack.kinesis.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash keys that a shard owns, both ends included. A record goes to the shard whose range holds
 * the MD5 of its partition key, read as an unsigned 128-bit number.
 */
public record HashKeyRange(BigInteger start, BigInteger end) {
  private static final BigInteger COUNT = BigInteger.ONE.shiftLeft(128);

  /** The highest hash key, 2^128 - 1. */
  public static final BigInteger MAX = COUNT.subtract(BigInteger.ONE);

  /** Checks that the range is not empty and lies within the 128 bits. */
  public HashKeyRange {
    if (start.signum() < 0 || start.compareTo(end) > 0 || end.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("not a hash key range: " + start + " to " + end);
    }
  }

  /** The whole key space in equal parts; the last one takes the remainder. */
  public static List<HashKeyRange> evenly(int parts) {
    BigInteger size = COUNT.divide(BigInteger.valueOf(parts));
    List<HashKeyRange> ranges = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      BigInteger start = size.multiply(BigInteger.valueOf(part));
      BigInteger end = part == parts - 1 ? MAX : start.add(size).subtract(BigInteger.ONE);
      ranges.add(new HashKeyRange(start, end));
    }
    return List.copyOf(ranges);
  }

  /** The hash key of a partition key. */
  public static BigInteger hashKeyOf(String partitionKey) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return new BigInteger(1, md5.digest(partitionKey.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }

  /** Whether the range owns the hash key. */
  public boolean contains(BigInteger hashKey) {
    return start.compareTo(hashKey) <= 0 && hashKey.compareTo(end) <= 0;
  }

  /** Whether the other range begins right after this one. */
  public boolean isFollowedBy(HashKeyRange other) {
    return end.add(BigInteger.ONE).equals(other.start);
  }

  /** Whether the range can be cut so that the upper part begins with this key. */
  public boolean canSplitAt(BigInteger newStart) {
    return start.compareTo(newStart) < 0 && newStart.compareTo(end) <= 0;
  }

  /** The part below the key. */
  public HashKeyRange below(BigInteger newStart) {
    return new HashKeyRange(start, newStart.subtract(BigInteger.ONE));
  }

  /** The part from the key on. */
  public HashKeyRange from(BigInteger newStart) {
    return new HashKeyRange(newStart, end);
  }

  /** This range and the one that follows it as one. */
  public HashKeyRange joinedWith(HashKeyRange follower) {
    return new HashKeyRange(start, follower.end);
  }
}
