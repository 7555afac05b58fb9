package io.sluice.acceptance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One Kinesis record that the Kinesis Producer Library would have aggregated from several: its
 * mark, a protobuf message, the message's MD5. Source: "KPL Aggregated Record Format"
 * (amazon-kinesis-producer, aggregation-format.md); the message is put together by hand, since the
 * library's own classes are not at hand here.
 */
final class Aggregate {
  private static final byte[] MARK = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  /** Numbers of the fields of AggregatedRecord. */
  private static final int PARTITION_KEYS = 1;

  private static final int EXPLICIT_HASH_KEYS = 2;
  private static final int RECORDS = 3;

  /** Numbers of the fields of Record. */
  private static final int PARTITION_KEY_INDEX = 1;

  private static final int EXPLICIT_HASH_KEY_INDEX = 2;
  private static final int DATA = 3;

  private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final String hashKey;
  private int count;

  /**
   * An aggregate whose records all have this explicit hash key, so that they belong to one shard
   * whatever becomes of the shards.
   */
  Aggregate(String hashKey) {
    this.hashKey = hashKey;
  }

  /** One more record, under a partition key of its own. */
  Aggregate add(String partitionKey, String data) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    number(record, PARTITION_KEY_INDEX, count);
    number(record, EXPLICIT_HASH_KEY_INDEX, 0);
    bytes(record, DATA, data.getBytes(UTF_8));
    bytes(keys, PARTITION_KEYS, partitionKey.getBytes(UTF_8));
    bytes(records, RECORDS, record.toByteArray());
    count++;
    return this;
  }

  /** What is put into the stream. */
  ByteBuffer bytes() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(keys.toByteArray());
    bytes(message, EXPLICIT_HASH_KEYS, hashKey.getBytes(UTF_8));
    message.writeBytes(records.toByteArray());
    byte[] body = message.toByteArray();
    byte[] digest = md5(body);
    return ByteBuffer.allocate(MARK.length + body.length + digest.length)
        .put(MARK)
        .put(body)
        .put(digest)
        .flip();
  }

  /** See "Encoding" in the Protocol Buffers documentation: wire type 0. */
  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  /** Wire type 2. */
  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, (field << 3) | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
