package io.sluice.writer.source;

import io.sluice.common.manifest.Mark;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One user record of a stream.
 *
 * @param stream the stream's name
 * @param shard the shard's id
 * @param mark its place in the shard
 * @param partitionKey as its producer gave it
 * @param arrival when it reached the stream, roughly
 * @param data what its producer wrote, a view of an array that other records may share: to be read
 *     only
 */
public record SourceRecord(
    String stream, String shard, Mark mark, String partitionKey, Instant arrival, ByteBuffer data) {
  /** A copy of the data. */
  public byte[] bytes() {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
