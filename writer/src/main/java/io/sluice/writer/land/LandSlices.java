package io.sluice.writer.land;

import io.sluice.writer.map.RejectEncoder;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What Spark ships to the executors: lands the shard slices of a partition. */
public final class LandSlices implements FlatMapFunction<Iterator<ShardSlice>, LandedPartition> {
  private static final long serialVersionUID = 1L;

  private final IntervalPlan<SourceRecord> plan;

  public LandSlices(IntervalPlan<SourceRecord> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<LandedPartition> call(Iterator<ShardSlice> slices) {
    RejectEncoder rejects = new RejectEncoder();
    try (LandingTask<SourceRecord> task = LandingTask.inSparkTask(plan, rejects::line)) {
      return List.of(land(slices, task)).iterator();
    }
  }

  static LandedPartition land(Iterator<ShardSlice> slices, LandingTask<SourceRecord> task) {
    List<SliceEnd> ends = new ArrayList<>();
    while (slices.hasNext()) {
      ShardSlice slice = slices.next();
      for (Iterator<SourceRecord> records = slice.records(); records.hasNext(); ) {
        SourceRecord record = records.next();
        task.take(record, record.arrival());
      }
      ends.add(slice.end());
    }
    return task.finish(ends);
  }
}
