package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.model.Record;
import io.sluice.common.manifest.Mark;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apart what the KPL has aggregated, in one pass and without a copy.
 *
 * <p>Two losses of the KCL are not repeated: it drops a whole aggregate when one of its records
 * belongs to another shard, though the KPL puts only that one again; and it keeps silently what it
 * had read before an error. For one thread at a time.
 */
final class Deaggregator {
  private static final Logger log = LoggerFactory.getLogger(Deaggregator.class);

  private final String stream;
  private final String shard;
  private final HashRange hashes;

  /** For a shard with these hash keys, both included. */
  Deaggregator(String stream, String shard, BigInteger firstHash, BigInteger lastHash) {
    this.stream = stream;
    this.shard = shard;
    this.hashes = new HashRange(firstHash, lastHash);
  }

  /**
   * Adds the user records of a Kinesis record, in their order. An aggregate that cannot be read is
   * one plain record: no retry will change it, and the stream must not stop at it.
   */
  void takeApart(Record record, Collection<SourceRecord> taken) {
    byte[] data = array(record.getData());
    BigInteger sequenceNumber = new BigInteger(record.getSequenceNumber());
    Instant arrival = record.getApproximateArrivalTimestamp().toInstant();
    if (!Aggregate.isMarked(data)) {
      taken.add(
          new SourceRecord(
              stream,
              shard,
              new Mark(sequenceNumber, 0),
              record.getPartitionKey(),
              arrival,
              ByteBuffer.wrap(data)));
      return;
    }
    Optional<List<Aggregate.Part>> parts = Aggregate.parts(data);
    if (parts.isEmpty()) {
      log.warn(
          "record {} looks aggregated and cannot be taken apart: taken as it is",
          record.getSequenceNumber());
      taken.add(
          new SourceRecord(
              stream,
              shard,
              new Mark(sequenceNumber, 0),
              record.getPartitionKey(),
              arrival,
              ByteBuffer.wrap(data)));
      return;
    }
    takeOwn(sequenceNumber, arrival, parts.get(), taken);
  }

  private void takeOwn(
      BigInteger sequenceNumber,
      Instant arrival,
      List<Aggregate.Part> parts,
      Collection<SourceRecord> taken) {
    int left = 0;
    for (int i = 0; i < parts.size(); i++) {
      Aggregate.Part part = parts.get(i);
      if (hashes.holds(part.partitionKey(), part.explicitHashKey())) {
        Mark mark = new Mark(sequenceNumber, i);
        taken.add(new SourceRecord(stream, shard, mark, part.partitionKey(), arrival, part.data()));
      } else {
        left++;
      }
    }
    if (left > 0) {
      log.warn(
          "aggregate {} has {} records of {} that belong to another shard: left to their producer, for the KPL puts"
              + " them again",
          sequenceNumber,
          left,
          parts.size());
    }
  }

  /** The SDK gives arrays of their own; whatever else comes is copied. */
  private static byte[] array(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.position() == 0
        && buffer.remaining() == buffer.array().length) {
      return buffer.array();
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}
