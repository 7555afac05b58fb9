package io.sluice.writer;

import static java.util.stream.Collectors.toMap;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.writer.announce.SqsAnnouncer;
import io.sluice.writer.commit.Committer;
import io.sluice.writer.commit.Takeover;
import io.sluice.writer.file.FilePlanner;
import io.sluice.writer.land.IntervalPlan;
import io.sluice.writer.land.LandedPartition;
import io.sluice.writer.map.IntervalContext;
import io.sluice.writer.map.Mapping;
import io.sluice.writer.report.IntervalReport;
import io.sluice.writer.report.WriterMetrics;
import io.sluice.writer.source.Source;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a writer on its batch folder, in the driver: from the takeover to its last commit.
 *
 * <p>Intervals come one after another. After one has failed no later one does anything: what it had
 * read is read again by the next run.
 *
 * @param <T> what a record is
 */
final class LandingRun<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LandingRun.class);

  private final LandingConfig config;
  private final Mapping<T> mapping;
  private final Source source;
  private final AmazonS3 s3;
  private final AmazonSQS sqs;
  private final ManifestLog manifests;
  private final Manifest takeover;
  private final Committer committer;
  private final FilePlanner planner;
  private final WriterMetrics metrics;
  private int cores = 1;
  private Map<TableName, Long> lastBytes = Map.of();
  private Instant lastBatchTime;
  private volatile Throwable failure;
  private volatile boolean stopping;

  private LandingRun(
      LandingConfig config,
      Mapping<T> mapping,
      Source source,
      Duration interval,
      AmazonS3 s3,
      AmazonSQS sqs,
      Clock clock) {
    this.config = config;
    this.mapping = mapping;
    this.source = source;
    this.s3 = s3;
    this.sqs = sqs;
    this.manifests = config.manifests(s3);
    SqsAnnouncer announcer = new SqsAnnouncer(sqs, config.queueUrl(), config.batchFolder());
    WriterRun run =
        new WriterRun(
            config.application(), ManagementFactory.getRuntimeMXBean().getName(), attempt());
    this.takeover = new Takeover(manifests, source, announcer, run, interval, clock).take();
    this.committer =
        new Committer(manifests, source, announcer, mapping.layouts(), takeover, clock);
    this.planner = new FilePlanner(config.files());
    this.metrics = new WriterMetrics(takeover.number());
  }

  /**
   * Takes the batch folder over.
   *
   * @param interval the length of the batch intervals, zero when they have none
   * @throws io.sluice.common.config.ConfigException when a stream is missing or another one
   * @throws io.sluice.common.store.ObjectStoreException when S3 refuses or does not answer
   * @throws io.sluice.common.manifest.FencedException when others take the folder over all the time
   */
  static <T> LandingRun<T> start(
      LandingConfig config, Mapping<T> mapping, Source source, Duration interval, Clock clock) {
    AwsClients clients = new AwsClients(config.aws());
    AmazonS3 s3 = clients.s3();
    AmazonSQS sqs = clients.impatientSqs();
    try {
      return new LandingRun<>(config, mapping, source, interval, s3, sqs, clock);
    } catch (RuntimeException | Error e) {
      s3.shutdown();
      sqs.shutdown();
      throw e;
    }
  }

  /** The takeover as it stands in the log. */
  Manifest takeover() {
    return takeover;
  }

  /** When the last batch was committed before this run, empty when there was none. */
  Optional<Instant> lastCommitted() {
    return manifests.lastBatch(takeover.number()).map(Manifest::batchTime);
  }

  /** Tells the run of the Spark application that its tasks run in. */
  void attach(SparkContext spark) {
    cores = spark.defaultParallelism();
    metrics.register();
  }

  /**
   * Into how many tasks an interval of so many partitions is best cut, at most as many as those.
   */
  int tasks(int partitions) {
    return planner.plan(lastBytes, partitions, cores).tasks();
  }

  /**
   * Lets the interval in hand finish, and none that waits behind it: after a slow start there can
   * be minutes of them. What they would have landed is left to the next run.
   */
  void stopAfterThisInterval() {
    stopping = true;
  }

  /**
   * Lands one interval and commits it.
   *
   * @param partitions how many tasks there are
   * @param tasks runs the tasks of the interval and returns what became of each partition
   * @return the report, or empty when nothing had moved or the run is to stop
   * @throws IllegalStateException when an earlier interval has failed
   */
  synchronized Optional<IntervalReport> land(
      Instant batchTime, int partitions, Function<IntervalPlan<T>, List<LandedPartition>> tasks) {
    if (failure != null) {
      throw new IllegalStateException(
          "interval " + batchTime + " is not run, for an earlier one has failed", failure);
    }
    if (stopping) {
      return Optional.empty();
    }
    try {
      return landNext(batchTime, partitions, tasks);
    } catch (Throwable e) { // Spark throws checked ones, though no signature in Java says so
      failure = e;
      throw e;
    }
  }

  /** What the first interval that failed has failed with, empty while none has. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private Optional<IntervalReport> landNext(
      Instant batchTime, int partitions, Function<IntervalPlan<T>, List<LandedPartition>> tasks) {
    Duration interval = takeover.interval();
    if (lastBatchTime != null
        && !interval.isZero()
        && !batchTime.equals(lastBatchTime.plus(interval))) {
      throw new IllegalStateException(
          "interval %s does not follow %s by %s".formatted(batchTime, lastBatchTime, interval));
    }
    lastBatchTime = batchTime;
    long start = System.nanoTime();
    List<LandedPartition> landed =
        tasks.apply(
            new IntervalPlan<>(
                config.batchFolder(),
                config.aws(),
                mapping,
                planner.plan(lastBytes, partitions, cores).files(),
                takeover.writer().attempt(),
                new IntervalContext(batchTime, committer.nextNumber())));
    long tasksEnded = System.nanoTime();
    Optional<IntervalReport> report =
        committer
            .commit(batchTime, landed)
            .map(
                manifest ->
                    IntervalReport.of(
                        manifest,
                        landed,
                        Duration.ofNanos(tasksEnded - start),
                        Duration.ofNanos(System.nanoTime() - tasksEnded)));
    report.ifPresent(this::tell);
    return report;
  }

  private void tell(IntervalReport report) {
    lastBytes = report.manifest().batches().stream().collect(toMap(Batch::table, Batch::bytes));
    metrics.committed(report);
    log.info("{}", report);
  }

  @Override
  public void close() {
    source.close();
    s3.shutdown();
    sqs.shutdown();
  }

  private static String attempt() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }
}
