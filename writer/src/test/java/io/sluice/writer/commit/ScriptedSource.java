package io.sluice.writer.commit;

import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  public SourceProgress resume(Optional<SourceProgress> committed) {
    progress = progress(List.of(), committed.map(SourceProgress::marks).orElse(List.of()));
    return progress;
  }

  @Override
  public JavaDStream<ShardSlice> stream(JavaStreamingContext context) {
    throw new AssertionError("the commit does not stream");
  }

  @Override
  public SourceProgress after(List<ShardRange> ranges, List<SliceEnd> ends) {
    return progress(ranges, ends.stream().map(SliceEnd::reached).toList());
  }

  @Override
  public void committed(SourceProgress newProgress, List<SliceEnd> ends) {
    progress = newProgress;
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
