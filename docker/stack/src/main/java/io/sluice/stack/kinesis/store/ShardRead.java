package io.sluice.stack.kinesis.store;

import java.time.Duration;
import java.util.List;

/**
 * What one read of a shard gave.
 *
 * @param nextPosition the index to read next
 * @param behind how far the reader is behind the shard's tip; zero at the tip
 * @param atEnd whether the shard is closed and has nothing after these records
 */
public record ShardRead(
    List<StoredRecord> records, long nextPosition, Duration behind, boolean atEnd) {
  /** Copies the list. */
  public ShardRead {
    records = List.copyOf(records);
  }
}
