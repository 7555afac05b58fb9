package io.sluice.stack.kinesis.store;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A record as a reader gets it. The data is never changed; readers do not move the buffer's
 * position.
 */
public record StoredRecord(
    SequenceNumber sequenceNumber, Instant arrival, String partitionKey, ByteBuffer data) {}
