package io.sluice.writer.map;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One record of a stream, as a {@link RecordMapper} gets it.
 *
 * @param stream the stream's name
 * @param shard the shard that it was read from
 * @param sequenceNumber its place in the shard
 * @param subSequenceNumber its place in the record that the KPL aggregated, else 0
 * @param partitionKey as its producer gave it
 * @param arrival when it reached the stream, roughly
 * @param data what its producer wrote; read only
 * @param batchTime the batch interval
 */
public record StreamRecord(
    String stream,
    String shard,
    BigInteger sequenceNumber,
    long subSequenceNumber,
    String partitionKey,
    Instant arrival,
    ByteBuffer data,
    Instant batchTime) {
  /** A copy of the data. */
  public byte[] bytes() {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  /** The data as UTF-8; what is not becomes U+FFFD. */
  public String text() {
    return StandardCharsets.UTF_8.decode(data.duplicate()).toString();
  }
}
