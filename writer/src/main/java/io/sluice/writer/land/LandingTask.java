package io.sluice.writer.land;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.file.FileKeys;
import io.sluice.writer.file.TaskFiles;
import io.sluice.writer.file.WrittenFiles;
import io.sluice.writer.map.TaskMapper;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.source.SliceEnd;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.spark.TaskContext;

/**
 * Lands one partition of an interval: every record becomes rows or a reject, in one pass. For one
 * thread.
 *
 * <p>The keys carry the attempt of the run and of the task, so that a repeated or speculative task
 * lands files of its own and disturbs nobody. Of a task that does not come to {@link #finish}
 * nothing is real.
 */
final class LandingTask<T> implements AutoCloseable {
  /** One client for each set of settings and JVM, built when the first task asks. */
  private static final Map<AwsSettings, AmazonS3> CLIENTS = new ConcurrentHashMap<>();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TaskMapper<T> mapper;
  private final TaskFiles files;
  private final BiFunction<T, RejectException, byte[]> rejectLine;
  private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
  private final TimedStore store;
  private final long startedAt = THREADS.getCurrentThreadCpuTime();
  private long records;

  /**
   * @param part the number of the partition
   * @param taskAttempt unique within the run
   * @param rejectLine how a reject is written
   */
  LandingTask(
      IntervalPlan<T> plan,
      ObjectStore store,
      int part,
      long taskAttempt,
      BiFunction<T, RejectException, byte[]> rejectLine) {
    FileKeys keys =
        new FileKeys(
            plan.folder(), plan.interval().batchTime(), part, plan.attempt() + "-" + taskAttempt);
    this.store = new TimedStore(store);
    this.files = new TaskFiles(plan.files(), keys, this.store);
    this.mapper = plan.mapping().open(plan.interval());
    this.rejectLine = rejectLine;
  }

  /** In the Spark task that runs on this thread, with a client of the executor's own. */
  static <T> LandingTask<T> inSparkTask(
      IntervalPlan<T> plan, BiFunction<T, RejectException, byte[]> rejectLine) {
    AmazonS3 s3 = CLIENTS.computeIfAbsent(plan.aws(), settings -> new AwsClients(settings).s3());
    TaskContext task = TaskContext.get();
    return new LandingTask<>(
        plan,
        new S3ObjectStore(s3, plan.folder().bucket()),
        task.partitionId(),
        task.taskAttemptId(),
        rejectLine);
  }

  /** Takes one record that reached the stream at {@code arrival}. */
  void take(T record, Instant arrival) {
    records++;
    try {
      mapper.map(record, files);
      files.keep(arrival);
    } catch (RejectException e) {
      files.drop();
      reasons.merge(e.reason(), 1L, Long::sum);
      files.reject(rejectLine.apply(record, e));
    }
  }

  /** Puts the last files, and tells of all. */
  LandedPartition finish(List<SliceEnd> ends) {
    WrittenFiles written = files.finish();
    Duration encoding = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - startedAt);
    return new LandedPartition(ends, records, written, reasons, encoding, store.writing());
  }

  @Override
  public void close() {
    try (mapper) {
      files.close();
    }
  }
}
