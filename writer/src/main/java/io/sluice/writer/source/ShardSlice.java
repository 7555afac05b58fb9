package io.sluice.writer.source;

import java.util.Iterator;

/**
 * What one task takes from one shard in one batch interval. It is read once, in the task that made
 * it, and never leaves it: only its {@link SliceEnd} does.
 */
public interface ShardSlice {
  /** The stream's name. */
  String stream();

  /** The shard's id. */
  String shard();

  /** The records after the shard's committed mark, in the order of their marks. */
  Iterator<SourceRecord> records();

  /** Where reading stopped; known once the records have been taken to their last. */
  SliceEnd end();
}
