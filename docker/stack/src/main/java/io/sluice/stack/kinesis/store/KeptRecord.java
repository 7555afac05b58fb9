package io.sluice.stack.kinesis.store;

import java.nio.ByteBuffer;

/**
 * A record as its shard keeps it: its sequence number follows from its place, so only this takes
 * memory.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed, and there are millions.
record KeptRecord(long arrivalMillis, String partitionKey, byte[] data) {
  /** The objects around the bytes, on a 64-bit JVM with compressed references. */
  private static final int OVERHEAD = 24 + 24 + 24 + 16 + 4;

  static KeptRecord of(long arrivalMillis, String partitionKey, ByteBuffer data) {
    return new KeptRecord(arrivalMillis, partitionKey, bytes(data));
  }

  /** What the limits of Kinesis count. */
  int size() {
    return RecordSize.of(partitionKey, data.length);
  }

  /** What it takes in memory. */
  long memory() {
    return (long) OVERHEAD + partitionKey.length() + data.length;
  }

  /** Without a copy where the buffer is nothing but the data, as those from the wire are. */
  private static byte[] bytes(ByteBuffer data) {
    if (data.hasArray() && data.arrayOffset() == 0 && data.array().length == data.remaining()) {
      return data.array();
    }
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return copy;
  }
}
