package io.sluice.writer;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.writer.announce.Announcer;
import io.sluice.writer.announce.SqsAnnouncer;
import io.sluice.writer.commit.Committer;
import io.sluice.writer.commit.Takeover;
import io.sluice.writer.land.LandingPlan;
import io.sluice.writer.source.DirectSource;
import io.sluice.writer.source.Source;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.StreamingContextState;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The application that spark-submit runs.
 *
 * <p>Exit codes: 1 an interval failed, 2 usage or configuration, 4 fenced by another writer, 143
 * stopped by SIGTERM, which lets the interval in hand finish. After 1 a supervisor starts it again;
 * it goes on from the manifest log.
 */
@Command(
    name = "sluice-writer",
    description = "Lands a Kinesis stream in S3, each batch interval exactly once.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:an interval failed: start again, it goes on from the manifest log",
      "2:usage or configuration",
      "4:fenced: another writer has taken the batch folder over",
      "143:stopped by SIGTERM, after the interval in hand"
    })
public final class WriterApp implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(WriterApp.class);

  private static final int FAILED = 1;
  private static final int MISCONFIGURED = 2;
  private static final int FENCED = 4;

  /** Before Spark's hooks. */
  private static final int HOOK_PRIORITY = 100;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The settings, in HOCON.")
  private Path config;

  public static void main(String[] args) {
    System.exit(new CommandLine(new WriterApp()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      run(WriterConfig.read(config));
      return 0;
    } catch (ConfigException e) {
      log.error("{}", e.getMessage());
      return MISCONFIGURED;
    } catch (ObjectStoreException e) {
      log.error(
          "the writer stops, and the next start goes on from the manifest log: {}",
          e.getMessage(),
          e);
      return e.isTransient() ? FAILED : MISCONFIGURED;
    } catch (ContractException e) {
      log.error("the writer cannot go on from its manifest log: {}", e.getMessage(), e);
      return MISCONFIGURED;
    } catch (FencedException e) {
      log.error("{}", e.getMessage());
      return FENCED;
    } catch (IntervalFailedException e) {
      log.error("the writer stops, and the next start goes on from the manifest log", e.getCause());
      return FAILED;
    } catch (SdkClientException e) {
      log.error("the writer could not start: {}", e.getMessage(), e);
      return FAILED;
    }
  }

  private static void run(WriterConfig config) throws InterruptedException {
    Clock clock = Clock.systemUTC();
    AwsClients clients = new AwsClients(config.aws());
    AmazonS3 s3 = clients.s3();
    AmazonSQS sqs = clients.impatientSqs();
    try {
      ManifestLog manifests =
          new ManifestLog(
              new S3ObjectStore(s3, config.batchFolder().bucket()),
              config.batchFolder(),
              config.commitPatience());
      Source source = new DirectSource(config.source(), config.aws(), clock);
      Announcer announcer = new SqsAnnouncer(sqs, config.queueUrl(), config.batchFolder());
      WriterRun run =
          new WriterRun(
              config.application(), ManagementFactory.getRuntimeMXBean().getName(), attempt());
      Manifest takeover =
          new Takeover(manifests, source, announcer, run, config.interval(), clock).take();
      LandingPlan plan =
          new LandingPlan(
              config.batchFolder(),
              config.aws(),
              config.table(),
              FileFormat.csvZstd(),
              run.attempt(),
              config.fileBytes());
      Committer committer = new Committer(manifests, source, announcer, plan, takeover, clock);
      stream(config, source, new IntervalJob(plan, committer, config.interval()));
    } finally {
      s3.shutdown();
      sqs.shutdown();
    }
  }

  @SuppressWarnings(
      "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
  private static void stream(WriterConfig config, Source source, IntervalJob job)
      throws InterruptedException {
    JavaStreamingContext context =
        new JavaStreamingContext(spark(config), Milliseconds.apply(config.interval().toMillis()));
    source.stream(context)
        .foreachRDD((slices, time) -> job.run(slices, Instant.ofEpochMilli(time.milliseconds())));
    stopGracefullyOnShutdown(context, config.shutdownGrace());
    context.start();
    try {
      context.awaitTermination();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw IntervalFailedException.unwrap(e);
    } finally {
      if (context.getState() != StreamingContextState.STOPPED) {
        context.stop(true, false);
      }
    }
  }

  /**
   * Lets the interval in hand finish on SIGTERM. Spark's own way comes too late: its hook runs
   * after the one that stops its local executor. Hooks of Hadoop's manager run in the order of
   * their priorities, Spark's at 40.
   */
  @SuppressWarnings("deprecation") // of the context
  private static void stopGracefullyOnShutdown(JavaStreamingContext context, Duration grace) {
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> context.stop(false, true),
            HOOK_PRIORITY,
            grace.toSeconds() + 5,
            TimeUnit.SECONDS);
  }

  private static SparkConf spark(WriterConfig config) {
    return new SparkConf()
        .setAppName("sluice-writer " + config.application())
        .set("spark.streaming.concurrentJobs", "1")
        .set("spark.streaming.gracefulStopTimeout", config.shutdownGrace().toSeconds() + "s")
        .setIfMissing("spark.ui.enabled", "false");
  }

  private static String attempt() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }
}
