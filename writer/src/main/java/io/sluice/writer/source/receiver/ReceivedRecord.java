package io.sluice.writer.source.receiver;

import java.io.Serializable;

/**
 * A user record as it waits in a block. Which shard it is of, the block's ranges know.
 *
 * @param sequenceNumber in decimal digits
 * @param data what its producer wrote
 * @param problem why the record could not be taken over, null when it could
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them, and none is ever compared
record ReceivedRecord(
    String partitionKey,
    String sequenceNumber,
    long subSequenceNumber,
    long arrivalMillis,
    byte[] data,
    String problem)
    implements Serializable {}
