package io.sluice.writer.source.receiver;

import io.sluice.common.manifest.ShardMark;
import io.sluice.writer.source.ShardSlice;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Time;
import scala.reflect.ClassTag$;

/**
 * Turns the blocks of an interval into its slices. It only runs in the driver, and what it holds
 * stays there; Spark wants it serializable all the same, for checkpoints that are not used.
 */
final class ToSlices implements Function2<List<JavaRDD<?>>, Time, JavaRDD<ShardSlice>> {
  private static final long serialVersionUID = 1L;

  private final transient SparkContext spark;
  private final transient Supplier<Map<ShardId, ShardMark>> committed;
  private final transient IntSupplier atMost;

  ToSlices(SparkContext spark, Supplier<Map<ShardId, ShardMark>> committed, IntSupplier atMost) {
    this.spark = spark;
    this.committed = committed;
    this.atMost = atMost;
  }

  @Override
  public JavaRDD<ShardSlice> call(List<JavaRDD<?>> received, Time time) {
    return new JavaRDD<>(
        new ReceivedSliceRdd(
            spark, received.stream().map(ToSlices::blocks).toList(), committed, atMost),
        ClassTag$.MODULE$.apply(ShardSlice.class));
  }

  @SuppressWarnings("unchecked") // the streams are those of the receivers
  private static RDD<ReceivedRecord> blocks(JavaRDD<?> received) {
    return (RDD<ReceivedRecord>) (RDD<?>) received.rdd();
  }
}
