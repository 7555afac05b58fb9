package io.sluice.writer.source.direct;

import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.ShardSlice;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * The slices of one interval, one or more shards a partition. Where a shard stands is asked when
 * the partitions are first looked at, in the interval's own job: the interval before it has
 * committed by then.
 */
final class ShardSliceRdd extends RDD<ShardSlice> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<List<List<ShardPlan>>> planner;
  private final ReadPlan plan;

  private record ShardsPartition(int index, List<ShardPlan> plans) implements Partition {
    private static final long serialVersionUID = 1L;

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ShardsPartition partition
          && partition.index == index
          && partition.plans.equals(plans);
    }
  }

  ShardSliceRdd(SparkContext context, Supplier<List<List<ShardPlan>>> planner, ReadPlan plan) {
    super(
        context,
        JavaConverters.<Dependency<?>>asScalaBuffer(Collections.emptyList()).toSeq(),
        ClassTag$.MODULE$.apply(ShardSlice.class));
    this.planner = planner;
    this.plan = plan;
  }

  @Override
  public Partition[] getPartitions() {
    List<List<ShardPlan>> groups = planner.get();
    Partition[] partitions = new Partition[groups.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new ShardsPartition(i, new ArrayList<>(groups.get(i)));
    }
    return partitions;
  }

  /** Where records of the shards have been read ahead. */
  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    List<String> executors =
        ((ShardsPartition) split)
            .plans().stream().map(ShardPlan::executor).filter(Objects::nonNull).distinct().toList();
    return JavaConverters.asScalaBuffer(executors).toSeq();
  }

  @Override
  public Iterator<ShardSlice> compute(Partition split, TaskContext context) {
    ShardReaders readers =
        new ShardReaders(
            KinesisClients.of(plan.kinesis()),
            plan,
            ReadAhead.ofThisJvm(),
            location(),
            Clock.systemUTC());
    // All are opened at once, so that their first answers are on the way together.
    List<ShardReader> slices =
        ((ShardsPartition) split).plans().stream().map(readers::open).toList();
    context.addTaskCompletionListener(
        (org.apache.spark.util.TaskCompletionListener) done -> slices.forEach(ShardReader::close));
    return JavaConverters.asScalaIterator(slices.stream().map(ShardSlice.class::cast).iterator());
  }

  /** This executor in the form of Spark's ExecutorCacheTaskLocation. */
  private static String location() {
    SparkEnv env = SparkEnv.get();
    return "executor_" + env.blockManager().blockManagerId().host() + "_" + env.executorId();
  }
}
