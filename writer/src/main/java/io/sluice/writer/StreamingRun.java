package io.sluice.writer;

import io.sluice.writer.land.LandSlices;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.Source;
import io.sluice.writer.source.SourceRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.StreamingContextState;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the writer in Spark Streaming until it is stopped or an interval fails: each batch interval
 * lands what its source has.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
final class StreamingRun {
  /** Before Spark's hooks. */
  private static final int HOOK_PRIORITY = 100;

  private static final Logger log = LoggerFactory.getLogger(StreamingRun.class);

  private final WriterConfig config;
  private final Source source;
  private final Clock clock;

  StreamingRun(WriterConfig config, Source source, Clock clock) {
    this.config = config;
    this.source = source;
    this.clock = clock;
  }

  /**
   * Returns when the stream was stopped.
   *
   * @throws IntervalFailedException when an interval has failed
   * @throws io.sluice.common.manifest.FencedException when another writer has taken the folder over
   */
  void run() throws InterruptedException {
    // Before the takeover: a run that cannot start must not fence the one that is running.
    SparkConf spark = spark();
    try (LandingRun<SourceRecord> run =
        LandingRun.start(config.landing(), config.mapping(), source, config.interval(), clock)) {
      stream(spark, run);
    }
  }

  private void stream(SparkConf spark, LandingRun<SourceRecord> run) throws InterruptedException {
    JavaStreamingContext context =
        new JavaStreamingContext(spark, Milliseconds.apply(config.interval().toMillis()));
    try {
      run.attach(context.ssc().sparkContext());
      source.stream(context, run.takeover(), () -> run.tasks(Integer.MAX_VALUE))
          .foreachRDD(
              (slices, time) -> land(run, slices, Instant.ofEpochMilli(time.milliseconds())));
      stopGracefullyOnShutdown(context, run);
      context.start();
      context.awaitTermination();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Of several failures Spark tells the last one.
      throw IntervalFailedException.unwrap(run.failure().orElse(e));
    } finally {
      if (context.getState() != StreamingContextState.STOPPED) {
        context.stop(true, false);
      }
    }
  }

  /** After a failure nothing is run, nor told again for each interval that waited behind it. */
  private static void land(
      LandingRun<SourceRecord> run, JavaRDD<ShardSlice> slices, Instant batchTime) {
    if (run.failure().isPresent()) {
      return;
    }
    run.land(
        batchTime,
        slices.getNumPartitions(),
        plan -> slices.mapPartitions(new LandSlices(plan)).collect());
  }

  /**
   * Lets the interval in hand finish on SIGTERM. Spark's own way comes too late: its hook runs
   * after the one that stops its local executor. Hooks of Hadoop's manager run in the order of
   * their priorities, Spark's at 40.
   */
  private void stopGracefullyOnShutdown(
      JavaStreamingContext context, LandingRun<SourceRecord> run) {
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              if (context.getState() == StreamingContextState.ACTIVE) {
                log.info("the writer stops after the interval in hand");
              }
              run.stopAfterThisInterval();
              context.stop(false, true);
              source.close();
            },
            HOOK_PRIORITY,
            config.shutdownGrace().toSeconds() + 5,
            TimeUnit.SECONDS);
  }

  private SparkConf spark() {
    SparkConf spark =
        new SparkConf()
            .setAppName("sluice-writer " + config.landing().application())
            .set("spark.streaming.concurrentJobs", "1")
            .set("spark.streaming.gracefulStopTimeout", config.shutdownGrace().toSeconds() + "s")
            .setIfMissing("spark.ui.enabled", "false");
    source.prepare(spark);
    return spark;
  }
}
