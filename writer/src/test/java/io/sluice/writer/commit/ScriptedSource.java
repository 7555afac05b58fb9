package io.sluice.writer.commit;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;

/** The driver's side of a source of one shard, without a stream. */
@SuppressWarnings("deprecation") // of Spark's DStreams
final class ScriptedSource implements Source {
  private SourceProgress progress;

  SourceProgress progress() {
    return progress;
  }

  @Override
  public void prepare(SparkConf spark) {
    throw new AssertionError("the commit does not stream");
  }

  @Override
  public List<SourceProgress> resume(List<SourceProgress> committed) {
    progress = progress(List.of(), committed.stream().flatMap(p -> p.marks().stream()).toList());
    return List.of(progress);
  }

  @Override
  public JavaDStream<ShardSlice> stream(
      JavaStreamingContext context, Manifest takeover, IntSupplier partitions) {
    throw new AssertionError("the commit does not stream");
  }

  @Override
  public List<SourceProgress> after(List<SliceEnd> ends) {
    return List.of(
        progress(
            ends.stream().flatMap(end -> end.range().stream()).toList(),
            ends.stream().map(SliceEnd::reached).toList()));
  }

  @Override
  public void committed(List<SourceProgress> newProgress, List<SliceEnd> ends) {
    progress = newProgress.get(0);
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private static SourceProgress progress(List<ShardRange> ranges, List<ShardMark> marks) {
    return new SourceProgress(
        "clicks",
        "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks",
        Instant.EPOCH,
        StartPosition.trimHorizon(),
        ranges,
        marks);
  }
}
