/**
 * Streams, shards and records in memory: hash key ranges, sequence numbers, positions and the lives
 * of streams and shards. The last step of a put, the first of a read; knows nothing of the wire.
 */
package io.sluice.stack.kinesis.store;
