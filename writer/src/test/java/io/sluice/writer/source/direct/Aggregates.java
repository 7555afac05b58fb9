package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.clientlibrary.types.Messages.AggregatedRecord;
import com.amazonaws.services.kinesis.clientlibrary.types.Messages.Record;
import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Records as the Kinesis Producer Library aggregates them: its mark, a protobuf message, the
 * message's MD5 (see "KPL Aggregated Record Format" of amazon-kinesis-producer).
 */
public final class Aggregates {
  private static final byte[] MARK = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  private final AggregatedRecord.Builder message = AggregatedRecord.newBuilder();

  public Aggregates add(String key, String text) {
    message.addPartitionKeyTable(key);
    message.addRecords(record(message.getPartitionKeyTableCount() - 1, text));
    return this;
  }

  /** A record whose explicit hash key decides on its shard. */
  Aggregates add(String key, BigInteger explicitHash, String text) {
    add(key, text);
    message.addExplicitHashKeyTable(explicitHash.toString());
    message
        .getRecordsBuilder(message.getRecordsCount() - 1)
        .setExplicitHashKeyIndex(message.getExplicitHashKeyTableCount() - 1);
    return this;
  }

  /** A record that names a key that is not there. */
  Aggregates addWithoutKey(String text) {
    message.addRecords(record(99, text));
    return this;
  }

  public byte[] bytes() {
    return around(message.build().toByteArray());
  }

  /** A message, or what is none, with the mark and the checksum of an aggregate. */
  static byte[] around(byte[] body) {
    byte[] digest = md5(body);
    return ByteBuffer.allocate(MARK.length + body.length + digest.length)
        .put(MARK)
        .put(body)
        .put(digest)
        .array();
  }

  private static Record record(int keyIndex, String text) {
    return Record.newBuilder()
        .setPartitionKeyIndex(keyIndex)
        .setData(ByteString.copyFrom(text, StandardCharsets.UTF_8))
        .build();
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
