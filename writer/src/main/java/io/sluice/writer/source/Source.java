package io.sluice.writer.source;

import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import java.util.List;
import java.util.Optional;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;

/**
 * A stream that is read in batch intervals, and its side of the commit: it starts from what the
 * manifest log says, and moves on only when told that an interval is committed.
 *
 * <p>Lives in the driver and is used by one thread at a time.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
public interface Source {
  /**
   * Takes up the stream where the log left it, or begins.
   *
   * @param committed the progress of the last manifest, empty at the first start
   * @return the progress to write into the takeover: marks as committed, no ranges
   * @throws io.sluice.common.config.ConfigException when the stream is missing or is another one
   *     than the log's
   */
  SourceProgress resume(Optional<SourceProgress> committed);

  /**
   * The intervals: each RDD has a slice for every shard that can be read, evaluated once and in the
   * interval's job.
   */
  JavaDStream<ShardSlice> stream(JavaStreamingContext context);

  /** The progress after an interval that took these ranges and stopped at these ends. */
  SourceProgress after(List<ShardRange> ranges, List<SliceEnd> ends);

  /** The interval's manifest is in the log: go on from there. */
  void committed(SourceProgress progress, List<SliceEnd> ends);
}
