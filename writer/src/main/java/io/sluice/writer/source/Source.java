package io.sluice.writer.source;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.SourceProgress;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;

/**
 * One or more streams that are read in batch intervals, and their side of the commit: a source
 * starts from what the manifest log says, and moves on only when told that an interval is
 * committed.
 *
 * <p>Lives in the driver and is used by one thread at a time: {@link #prepare}, {@link #resume},
 * {@link #stream}, then {@link #after} and {@link #committed} for each interval, {@link #close}.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
public interface Source extends AutoCloseable {
  /**
   * Sets what the source needs of Spark, but for what the user has set. Called before the takeover.
   *
   * @throws io.sluice.common.config.ConfigException when Spark has too little room for the source
   */
  void prepare(SparkConf spark);

  /**
   * Takes up the streams where the log left them, or begins. May be called again when another
   * writer was faster to append the takeover.
   *
   * @param committed the progress of the last manifest, empty at the first start
   * @return the progress to write into the takeover: marks as committed, no ranges; streams that
   *     are no longer read keep theirs
   * @throws io.sluice.common.config.ConfigException when a stream is missing or is another one than
   *     the log's
   */
  List<SourceProgress> resume(List<SourceProgress> committed);

  /**
   * The intervals: each RDD has a slice for every shard that can be read, evaluated once and in the
   * interval's job.
   *
   * @param takeover the takeover as it stands in the log: this run
   * @param partitions how many tasks an interval should have at the most, 0 for one a shard; asked
   *     for each interval
   */
  JavaDStream<ShardSlice> stream(
      JavaStreamingContext context, Manifest takeover, IntSupplier partitions);

  /**
   * The progress after an interval that stopped at these ends, for its manifest.
   *
   * @throws SourceLostException when the source can no longer vouch for what comes
   */
  List<SourceProgress> after(List<SliceEnd> ends);

  /** The interval's manifest is in the log, or it needed none: go on from there. */
  void committed(List<SourceProgress> progress, List<SliceEnd> ends);

  /** Leaves nothing behind that only this run needed. */
  @Override
  void close();
}
