package io.sluice.writer;

import io.sluice.writer.land.LandElements;
import io.sluice.writer.map.ElementMapping;
import io.sluice.writer.map.Mapping;
import io.sluice.writer.map.RowMapper;
import io.sluice.writer.report.IntervalReport;
import io.sluice.writer.source.UnmarkedSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands the batches of any DStream or RDD in a batch folder, for Sluice's loader to load: {@code
 * stream.foreachRDD(sink)}.
 *
 * <p>Unlike the records of {@link WriterApp}, these carry no marks. The guarantee is that of the
 * folder: a batch time is committed once, whole or not at all. A batch time that is not later than
 * the last one in the log has been committed before, by this run or one before it, and is skipped;
 * so batches that Spark runs again from its checkpoint after a crash are not doubled. Whether every
 * batch comes again after a crash is for the stream and its checkpoint to see to.
 *
 * <p>The first batch takes the folder over and fences whoever wrote before. After a batch has
 * failed the sink refuses all later ones, for those that follow must not be committed before it:
 * end the application, and let it be started again. {@code spark.streaming.concurrentJobs} must be
 * 1, its default.
 *
 * <p>Lives in the driver. It can be serialized into Spark's checkpoint; what comes out of one
 * begins as a new run. One batch at a time.
 *
 * @param <T> what an element is
 */
public final class BatchSink<T> implements VoidFunction2<JavaRDD<T>, Time>, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(BatchSink.class);

  private final SinkConfig config;
  private final Mapping<T> mapping;
  private transient LandingRun<T> run;
  private transient Instant lastCommitted;

  private BatchSink(SinkConfig config, Mapping<T> mapping) {
    this.config = config;
    this.mapping = mapping;
  }

  /**
   * A sink whose elements {@code mapper} makes rows of.
   *
   * @throws IllegalArgumentException when a table has a column that only records of a stream can
   *     fill
   */
  public static <T> BatchSink<T> of(SinkConfig config, RowMapper<T> mapper) {
    return new BatchSink<>(config, ElementMapping.of(config.tables(), mapper));
  }

  /**
   * A sink of JSON documents, whose values the settings find by JSON pointers; for one table.
   *
   * @throws IllegalArgumentException when the settings have several tables
   */
  public static BatchSink<String> json(SinkConfig config) {
    if (config.tables().size() != 1) {
      throw new IllegalArgumentException(
          "documents go to one table, and the settings have "
              + config.tables().size()
              + ": say by BatchSink.of which one is meant");
    }
    String table = config.tables().get(0).name().toString();
    return of(config, (document, rows) -> rows.json(table, document));
  }

  /** Lands one batch of a stream, as {@link #land(JavaRDD, Instant)}. */
  @Override
  public void call(JavaRDD<T> rdd, Time batchTime) {
    land(rdd, Instant.ofEpochMilli(batchTime.milliseconds()));
  }

  /** The same, for Scala. */
  public Optional<IntervalReport> land(RDD<T> rdd, Time batchTime) {
    return land(rdd.toJavaRDD(), Instant.ofEpochMilli(batchTime.milliseconds()));
  }

  /**
   * Lands the elements of {@code rdd} as the batch of {@code batchTime} and commits them.
   *
   * @return what was committed, or empty when the batch is empty or its time has been committed
   *     before
   * @throws io.sluice.common.manifest.FencedException when another run has taken the folder over
   * @throws IllegalStateException when an earlier batch has failed
   */
  public synchronized Optional<IntervalReport> land(JavaRDD<T> rdd, Instant batchTime) {
    open(rdd.context());
    if (lastCommitted != null && !batchTime.isAfter(lastCommitted)) {
      log.info("batch {} is skipped: {} is committed already", batchTime, lastCommitted);
      return Optional.empty();
    }
    int tasks = run.tasks(rdd.getNumPartitions());
    JavaRDD<T> parts = tasks < rdd.getNumPartitions() ? rdd.coalesce(tasks) : rdd;
    Optional<IntervalReport> report =
        run.land(
            batchTime,
            parts.getNumPartitions(),
            plan -> parts.mapPartitions(new LandElements<>(plan)).collect());
    report.ifPresent(committed -> lastCommitted = batchTime);
    return report;
  }

  /** Releases what the driver holds. What is committed stays committed. */
  @Override
  public synchronized void close() {
    if (run != null) {
      run.close();
      run = null;
    }
  }

  private void open(SparkContext spark) {
    if (run == null) {
      run =
          LandingRun.start(
              config.landing(), mapping, new UnmarkedSource(), Duration.ZERO, Clock.systemUTC());
      run.attach(spark);
      lastCommitted = run.lastCommitted().orElse(null);
    }
  }
}
