package io.sluice.writer.source.direct;

import io.sluice.writer.source.ShardSlice;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.Option;
import scala.reflect.ClassTag$;

/**
 * An input stream without receivers: every interval is an RDD that is planned when its job runs.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
final class DirectInputDStream extends InputDStream<ShardSlice> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<List<List<ShardPlan>>> planner;
  private final ReadPlan plan;

  DirectInputDStream(
      StreamingContext context, Supplier<List<List<ShardPlan>>> planner, ReadPlan plan) {
    super(context, ClassTag$.MODULE$.apply(ShardSlice.class));
    this.planner = planner;
    this.plan = plan;
  }

  @Override
  public Option<RDD<ShardSlice>> compute(Time validTime) {
    return Option.apply(new ShardSliceRdd(context().sparkContext(), planner, plan));
  }

  @Override
  public void start() {
    // Nothing runs between the intervals.
  }

  @Override
  public void stop() {
    // Nothing runs between the intervals.
  }
}
