package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How far one shard has been committed.
 *
 * @param shard the shard's id
 * @param sequenceNumber of the last committed record, null when none has been read yet
 * @param subSequenceNumber of the last committed record
 * @param ended whether the shard is closed and was read to its end: its children may start
 */
public record ShardMark(
    String shard, BigInteger sequenceNumber, long subSequenceNumber, boolean ended)
    implements Serializable {
  public ShardMark {
    requireNonNull(shard, "shard");
  }

  /** The position of a shard that {@code mark} has been read up to. */
  public static ShardMark at(String shard, Mark mark) {
    return new ShardMark(shard, mark.sequenceNumber(), mark.subSequenceNumber(), false);
  }

  /** The same position, with the shard read to its end. */
  public ShardMark asEnded() {
    return new ShardMark(shard, sequenceNumber, subSequenceNumber, true);
  }

  /** The position of a shard of which nothing has been read. */
  public static ShardMark unread(String shard) {
    return new ShardMark(shard, null, 0, false);
  }

  /** The mark, or empty when no record of the shard has been committed yet. */
  public Optional<Mark> mark() {
    return Optional.ofNullable(sequenceNumber).map(number -> new Mark(number, subSequenceNumber));
  }
}
