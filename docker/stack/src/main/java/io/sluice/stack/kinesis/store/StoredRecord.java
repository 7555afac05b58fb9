package io.sluice.stack.kinesis.store;

import java.nio.ByteBuffer;
import java.time.Instant;

/** A record in its shard. The data is never changed; readers do not move the buffer's position. */
public record StoredRecord(
    SequenceNumber sequenceNumber, Instant arrival, String partitionKey, ByteBuffer data) {

  /** What the limits of Kinesis count: the data and, for a put, the partition key. */
  public int size() {
    return RecordSize.of(partitionKey, data);
  }
}
