package io.sluice.writer.source;

import io.sluice.common.aws.AwsSettings;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * The slices of one interval, a shard a partition. Where a shard stands is asked when the
 * partitions are first looked at, in the interval's own job: the interval before it has committed
 * by then.
 */
final class ShardSliceRdd extends RDD<ShardSlice> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<List<ShardPlan>> planner;
  private final SourceConfig config;
  private final AwsSettings aws;

  private record ShardPartition(int index, ShardPlan plan) implements Partition {
    private static final long serialVersionUID = 1L;

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ShardPartition partition
          && partition.index == index
          && partition.plan.equals(plan);
    }
  }

  ShardSliceRdd(
      SparkContext context,
      Supplier<List<ShardPlan>> planner,
      SourceConfig config,
      AwsSettings aws) {
    super(
        context,
        JavaConverters.<Dependency<?>>asScalaBuffer(Collections.emptyList()).toSeq(),
        ClassTag$.MODULE$.apply(ShardSlice.class));
    this.planner = planner;
    this.config = config;
    this.aws = aws;
  }

  @Override
  public Partition[] getPartitions() {
    List<ShardPlan> plans = planner.get();
    Partition[] partitions = new Partition[plans.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new ShardPartition(i, plans.get(i));
    }
    return partitions;
  }

  @Override
  public Iterator<ShardSlice> compute(Partition split, TaskContext context) {
    ShardPlan plan = ((ShardPartition) split).plan();
    ShardSlice slice =
        new ShardReader(
            KinesisClients.of(aws), config.stream(), plan, config.limits(), Clock.systemUTC());
    return JavaConverters.asScalaIterator(Collections.singleton(slice).iterator());
  }
}
