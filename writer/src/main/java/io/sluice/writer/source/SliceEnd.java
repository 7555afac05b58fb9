package io.sluice.writer.source;

import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the reading of one shard stopped, and what was taken of it on the way.
 *
 * @param stream the stream's name
 * @param reached what the slice has reached, the old mark when it held no record
 * @param taken what was read, null when there was nothing
 * @param duplicates records that were met again and dropped
 * @param behind how far the reader was behind the tip of the shard
 * @param next how the source can go on from here, null when it knows by itself
 */
public record SliceEnd(
    String stream,
    ShardMark reached,
    ShardRange taken,
    long duplicates,
    Duration behind,
    Continuation next)
    implements Serializable {
  /**
   * Spares the next interval a request, nothing more: the mark alone decides what is read.
   *
   * @param iterator a shard iterator that stands at the mark, null when there is none
   * @param iteratorAt when that iterator was given
   * @param executor where records after the mark have been read ahead, in the form of Spark's task
   *     locations; null when nowhere
   */
  public record Continuation(String iterator, Instant iteratorAt, String executor)
      implements Serializable {}

  /** What was read, empty when there was nothing. */
  public Optional<ShardRange> range() {
    return Optional.ofNullable(taken);
  }
}
