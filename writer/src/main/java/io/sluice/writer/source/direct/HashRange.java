package io.sluice.writer.source.direct;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hash keys of a shard. After a reshard, a producer may still aggregate by the old map of
 * shards. For one thread at a time.
 */
final class HashRange {
  private static final int BYTES = 16;
  private static final BigInteger LAST = BigInteger.TWO.pow(8 * BYTES).subtract(BigInteger.ONE);

  private final byte[] first;
  private final byte[] last;
  private final boolean everything;
  private final MessageDigest md5 = Aggregate.md5();

  /** From {@code first} to {@code last}, both included. */
  HashRange(BigInteger first, BigInteger last) {
    this.first = bytes(first);
    this.last = bytes(last);
    this.everything = first.signum() == 0 && last.equals(LAST);
  }

  /** Whether a record belongs here: by its explicit hash key, else by the MD5 of its key. */
  boolean holds(String partitionKey, String explicitHashKey) {
    if (everything) {
      return true;
    }
    byte[] hash =
        explicitHashKey != null
            ? bytes(new BigInteger(explicitHashKey))
            : md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8));
    return Arrays.compareUnsigned(first, hash) <= 0 && Arrays.compareUnsigned(hash, last) <= 0;
  }

  private static byte[] bytes(BigInteger number) {
    byte[] all = number.toByteArray();
    byte[] bytes = new byte[BYTES];
    int length = Math.min(all.length, BYTES);
    System.arraycopy(all, all.length - length, bytes, BYTES - length, length);
    return bytes;
  }
}
