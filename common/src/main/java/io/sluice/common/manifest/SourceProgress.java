package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * How far one stream has been committed.
 *
 * @param stream the stream's name
 * @param arn the stream's ARN
 * @param streamCreatedAt when the stream was created: a stream that was deleted and made again is
 *     another one
 * @param start where shards without a mark begin
 * @param ranges what this interval took, a shard at most once; empty in a takeover
 * @param marks where every known shard stands after this manifest
 */
public record SourceProgress(
    String stream,
    String arn,
    Instant streamCreatedAt,
    StartPosition start,
    List<ShardRange> ranges,
    List<ShardMark> marks) {
  public SourceProgress {
    requireNonNull(stream, "stream");
    requireNonNull(arn, "arn");
    requireNonNull(streamCreatedAt, "streamCreatedAt");
    requireNonNull(start, "start");
    ranges = List.copyOf(ranges);
    marks = List.copyOf(marks);
  }

  /** The user records that this interval took from the stream. */
  public long records() {
    return ranges.stream().mapToLong(ShardRange::records).sum();
  }
}
