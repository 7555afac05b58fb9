package io.sluice.writer.land;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.source.ShardSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What Spark ships to the executors: lands the slices of a partition with a client of the
 * executor's own.
 */
public final class LandSlices implements FlatMapFunction<Iterator<ShardSlice>, LandedSlice> {
  private static final long serialVersionUID = 1L;

  /** One client for each set of settings and JVM, built when the first task asks. */
  private static final Map<AwsSettings, AmazonS3> CLIENTS = new ConcurrentHashMap<>();

  private final LandingPlan plan;
  private final Instant batchTime;

  public LandSlices(LandingPlan plan, Instant batchTime) {
    this.plan = plan;
    this.batchTime = batchTime;
  }

  @Override
  public Iterator<LandedSlice> call(Iterator<ShardSlice> slices) {
    AmazonS3 s3 = CLIENTS.computeIfAbsent(plan.aws(), settings -> new AwsClients(settings).s3());
    S3ObjectStore store = new S3ObjectStore(s3, plan.folder().bucket());
    TaskContext task = TaskContext.get();
    List<LandedSlice> landed = new ArrayList<>();
    while (slices.hasNext()) {
      landed.add(
          new LandingTask(plan, store, batchTime, task.partitionId(), task.taskAttemptId())
              .land(slices.next()));
    }
    return landed.iterator();
  }
}
