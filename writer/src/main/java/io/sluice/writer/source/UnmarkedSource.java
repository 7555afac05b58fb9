package io.sluice.writer.source;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.SourceProgress;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;

/**
 * The side of the commit of records that come from anywhere and carry no marks. What the log may
 * know of streams is kept as it is.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
public final class UnmarkedSource implements Source {
  private List<SourceProgress> kept = List.of();

  @Override
  public void prepare(SparkConf spark) {
    // It needs nothing of Spark.
  }

  @Override
  public List<SourceProgress> resume(List<SourceProgress> committed) {
    kept = TrackedStreams.withoutRanges(committed);
    return kept;
  }

  @Override
  public JavaDStream<ShardSlice> stream(
      JavaStreamingContext context, Manifest takeover, IntSupplier partitions) {
    throw new UnsupportedOperationException("the stream is the caller's own");
  }

  @Override
  public List<SourceProgress> after(List<SliceEnd> ends) {
    return kept;
  }

  @Override
  public void committed(List<SourceProgress> progress, List<SliceEnd> ends) {
    // There is nothing to move.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
