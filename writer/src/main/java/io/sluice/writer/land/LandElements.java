package io.sluice.writer.land;

import io.sluice.writer.map.RejectEncoder;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What Spark ships to the executors: lands the elements of a partition, which carry no marks and
 * are taken to have arrived at the time of their batch.
 *
 * @param <T> what an element is
 */
public final class LandElements<T> implements FlatMapFunction<Iterator<T>, LandedPartition> {
  private static final long serialVersionUID = 1L;

  private final IntervalPlan<T> plan;

  public LandElements(IntervalPlan<T> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<LandedPartition> call(Iterator<T> elements) {
    RejectEncoder rejects = new RejectEncoder();
    Instant arrival = plan.interval().batchTime();
    try (LandingTask<T> task =
        LandingTask.inSparkTask(plan, (element, why) -> rejects.line((Object) element, why))) {
      while (elements.hasNext()) {
        task.take(elements.next(), arrival);
      }
      return List.of(task.finish(List.of())).iterator();
    }
  }
}
