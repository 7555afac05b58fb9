package io.sluice.writer.source.receiver;

import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.streaming.kinesis.SequenceNumberRange;

/**
 * Sorts the records of an interval's blocks into shards. A block tells its ranges, in the order in
 * which their records lie in it; what does not agree fails the interval, for then records are
 * missing: Spark's recovery of a lost block from Kinesis stops at the first part of the last
 * aggregate. For one thread at a time.
 */
final class ReceivedSlices {
  private final Map<ShardId, List<SourceRecord>> records = new TreeMap<>();

  /** The ranges of a block as they were reported with it. */
  void add(String block, List<SequenceNumberRange> ranges, Iterator<ReceivedRecord> received) {
    for (SequenceNumberRange range : ranges) {
      add(block, range, received);
    }
    if (received.hasNext()) {
      throw new IllegalStateException("block " + block + " holds more records than its ranges");
    }
  }

  /** The slices of all shards that were met; {@code marks} are those of the last manifest. */
  List<ShardSlice> slices(Map<ShardId, ShardMark> marks, Clock clock) {
    List<ShardSlice> slices = new ArrayList<>();
    records.forEach(
        (id, found) ->
            slices.add(
                new ReceivedSlice(
                    id, marks.getOrDefault(id, ShardMark.unread(id.shard())), found, clock)));
    return slices;
  }

  private void add(String block, SequenceNumberRange range, Iterator<ReceivedRecord> received) {
    ShardId id = new ShardId(range.streamName(), range.shardId());
    List<SourceRecord> ofShard = records.computeIfAbsent(id, shard -> new ArrayList<>());
    for (int i = 0; i < range.recordCount(); i++) {
      if (!received.hasNext()) {
        throw new IllegalStateException(
            "block %s holds %d records of %s instead of %d"
                .formatted(block, i, range, range.recordCount()));
      }
      ReceivedRecord record = received.next();
      require(block, range, record, i);
      ofShard.add(record(id, record));
    }
  }

  private static void require(
      String block, SequenceNumberRange range, ReceivedRecord record, int index) {
    if (record.problem() != null) {
      throw new IllegalStateException(
          "a record of " + range + " could not be taken over: " + record.problem());
    }
    boolean firstFits = index > 0 || record.sequenceNumber().equals(range.fromSeqNumber());
    boolean lastFits =
        index < range.recordCount() - 1 || record.sequenceNumber().equals(range.toSeqNumber());
    if (!firstFits || !lastFits) {
      throw new IllegalStateException(
          "block %s holds %s where %s begins or ends"
              .formatted(block, record.sequenceNumber(), range));
    }
  }

  private static SourceRecord record(ShardId id, ReceivedRecord record) {
    return new SourceRecord(
        id.stream(),
        id.shard(),
        new Mark(new BigInteger(record.sequenceNumber()), record.subSequenceNumber()),
        record.partitionKey(),
        Instant.ofEpochMilli(record.arrivalMillis()),
        ByteBuffer.wrap(record.data()));
  }
}
