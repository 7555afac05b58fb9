package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.model.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one call of GetRecords gave, or what is left of it.
 *
 * @param next the iterator that stands behind the last record, null at the end of a closed shard
 * @param bytes of data, keys and objects, roughly
 * @param behind how far the shard's tip was ahead when this was read
 * @param at when this was read
 */
record Answer(List<Record> records, String next, long bytes, Duration behind, Instant at) {
  /** What a record takes in memory besides its data, roughly. */
  private static final int OBJECTS = 250;

  static Answer of(List<Record> records, String next, Duration behind, Instant at) {
    return new Answer(records, next, size(records), behind, at);
  }

  /** The same without its first records, which have been handed on. */
  Answer from(int index) {
    // A view would keep the records before it in memory.
    return of(List.copyOf(records.subList(index, records.size())), next, behind, at);
  }

  /** The same records, with the place and the time of a later answer that had none. */
  Answer then(Answer empty) {
    return new Answer(records, empty.next, bytes, empty.behind, empty.at);
  }

  boolean isEnd() {
    return next == null;
  }

  private static long size(List<Record> records) {
    long size = 0;
    for (Record record : records) {
      size += record.getData().remaining() + OBJECTS;
    }
    return size;
  }
}
