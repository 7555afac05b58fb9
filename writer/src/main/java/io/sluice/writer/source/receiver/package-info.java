/**
 * Streams by receivers: the blocks that the receivers of spark-streaming-kinesis-asl have stored
 * are checked, sorted by shard and freed of duplicates, so that the rest of the data path meets the
 * same slices as with the direct source.
 */
package io.sluice.writer.source.receiver;
