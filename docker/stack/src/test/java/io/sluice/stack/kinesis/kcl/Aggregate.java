package io.sluice.stack.kinesis.kcl;

import com.amazonaws.services.kinesis.clientlibrary.types.Messages.AggregatedRecord;
import com.amazonaws.services.kinesis.clientlibrary.types.Messages.Record;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * User records of one partition key as the Kinesis Producer Library makes one record of them: its
 * mark, a protobuf message and the message's MD5 ("KPL Aggregated Record Format" of
 * amazon-kinesis-producer).
 */
final class Aggregate {
  private static final byte[] MARK = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  private Aggregate() {}

  static ByteBuffer of(String partitionKey, List<String> texts) {
    AggregatedRecord.Builder message =
        AggregatedRecord.newBuilder().addPartitionKeyTable(partitionKey);
    texts.forEach(
        text ->
            message.addRecords(
                Record.newBuilder()
                    .setPartitionKeyIndex(0)
                    .setData(ByteString.copyFrom(text, StandardCharsets.UTF_8))));
    byte[] body = message.build().toByteArray();
    byte[] digest = md5(body);
    return ByteBuffer.allocate(MARK.length + body.length + digest.length)
        .put(MARK)
        .put(body)
        .put(digest)
        .flip();
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }
}
