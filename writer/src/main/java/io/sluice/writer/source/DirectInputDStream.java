package io.sluice.writer.source;

import io.sluice.common.aws.AwsSettings;
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

  private final transient Supplier<List<ShardPlan>> planner;
  private final SourceConfig config;
  private final AwsSettings aws;

  DirectInputDStream(
      StreamingContext context,
      Supplier<List<ShardPlan>> planner,
      SourceConfig config,
      AwsSettings aws) {
    super(context, ClassTag$.MODULE$.apply(ShardSlice.class));
    this.planner = planner;
    this.config = config;
    this.aws = aws;
  }

  @Override
  public Option<RDD<ShardSlice>> compute(Time validTime) {
    return Option.apply(new ShardSliceRdd(context().sparkContext(), planner, config, aws));
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
