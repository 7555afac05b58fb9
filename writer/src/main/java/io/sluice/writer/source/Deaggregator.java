package io.sluice.writer.source;

import com.amazonaws.services.kinesis.clientlibrary.types.Messages.AggregatedRecord;
import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.model.Record;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apart what the KPL has aggregated, by the KCL, whose two losses are made good here: it
 * drops a whole aggregate when one of its records belongs to another shard, though the KPL puts
 * only that one again; and it keeps silently what it had read before an error.
 */
final class Deaggregator {
  private static final Logger log = LoggerFactory.getLogger(Deaggregator.class);

  private static final int MARK_BYTES = 4;
  private static final int DIGEST_BYTES = 16;

  private final BigInteger firstHash;
  private final BigInteger lastHash;

  /** For a shard with these hash keys, both included. */
  Deaggregator(BigInteger firstHash, BigInteger lastHash) {
    this.firstHash = firstHash;
    this.lastHash = lastHash;
  }

  /**
   * The user records of an answer, in its order. An aggregate that cannot be read is one plain
   * record: no retry will change it, and the stream must not stop at it.
   */
  List<UserRecord> userRecords(List<Record> answered) {
    List<UserRecord> taken = new ArrayList<>(answered.size());
    for (Record record : answered) {
      List<UserRecord> parts = UserRecord.deaggregate(List.of(record));
      if (parts.size() == 1 && !parts.get(0).isAggregated()) {
        taken.addAll(parts);
      } else if (isWhole(record, parts)) {
        takeOwn(record, parts, taken);
      } else {
        log.warn(
            "record {} looks aggregated and cannot be taken apart: taken as it is",
            record.getSequenceNumber());
        record.getData().rewind();
        taken.add(new UserRecord(record));
      }
    }
    return taken;
  }

  private void takeOwn(Record record, List<UserRecord> parts, List<UserRecord> taken) {
    int before = taken.size();
    parts.stream().filter(this::belongsHere).forEach(taken::add);
    int left = parts.size() - (taken.size() - before);
    if (left > 0) {
      log.warn(
          "aggregate {} has {} records of {} that belong to another shard: left to their producer, for the KPL puts"
              + " them again",
          record.getSequenceNumber(),
          left,
          parts.size());
    }
  }

  private static boolean isWhole(Record record, List<UserRecord> parts) {
    ByteBuffer message = record.getData().duplicate();
    message.rewind();
    message.position(MARK_BYTES).limit(message.limit() - DIGEST_BYTES);
    try {
      return AggregatedRecord.parseFrom(bytes(message)).getRecordsCount() == parts.size();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** After a reshard, a producer may still aggregate by the old map of shards. */
  private boolean belongsHere(UserRecord record) {
    BigInteger hash =
        record.getExplicitHashKey() != null
            ? new BigInteger(record.getExplicitHashKey())
            : new BigInteger(1, md5(record.getPartitionKey()));
    return hash.compareTo(firstHash) >= 0 && hash.compareTo(lastHash) <= 0;
  }

  private static byte[] md5(String key) {
    try {
      return MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
