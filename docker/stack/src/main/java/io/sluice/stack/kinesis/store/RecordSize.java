package io.sluice.stack.kinesis.store;

import java.nio.ByteBuffer;

/** The size of a record as the limits of Kinesis count it. */
public final class RecordSize {
  /** The most that one record may have, partition key included ("Quotas and limits"): 1 MiB. */
  public static final int RECORD_LIMIT = 1 << 20;

  /** The most that the records of one PutRecords may have together: 5 MiB. */
  public static final int PUT_LIMIT = 5 << 20;

  private RecordSize() {}

  /** Bytes of the data and of the partition key in UTF-8. */
  public static int of(String partitionKey, ByteBuffer data) {
    return of(partitionKey, data.remaining());
  }

  static int of(String partitionKey, int dataLength) {
    return dataLength + utf8Length(partitionKey);
  }

  private static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of the pair's four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
