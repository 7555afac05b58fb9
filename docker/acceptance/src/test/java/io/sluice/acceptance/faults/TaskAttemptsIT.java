package io.sluice.acceptance.faults;

import static io.sluice.acceptance.faults.EventPipeline.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.model.S3ObjectSummary;
import io.sluice.acceptance.faults.WriterSettings.SourceType;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.proof.LandedProof;
import io.sluice.common.aws.FaultControl.Order;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tasks that are run twice, on a standalone cluster with executors of its own: of each, both
 * attempts land files, and the manifest names those of one.
 */
@EnabledIfSystemProperty(
    named = "faults.long",
    matches = "true",
    disabledReason = "takes minutes: -Pwriter-faults")
class TaskAttemptsIT {
  private static final int EVENTS = 400;
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Longer than any test waits: only a second attempt brings the interval to its end. */
  private static final Duration HELD = Duration.ofMinutes(5);

  private static final Pattern FIRST_TASK = Pattern.compile("/part-00000-[^-]+-[^-]+-");

  private static EventPipeline pipeline;
  private static SparkHome home;
  private static SparkCluster cluster;
  private static EventProducer producer;

  private Order held;
  private WriterRun run;

  @BeforeAll
  static void start() {
    pipeline = EventPipeline.start("attempts", 3);
    home = SparkHome.make(Build.current(), pipeline.logs().resolve("spark-home"));
    cluster = SparkCluster.start(home, pipeline.logs(), pipeline.environment());
    producer = pipeline.producer(EVENTS, 7);
  }

  @AfterAll
  static void stop() {
    producer.close();
    cluster.close();
    home.removeJars();
    pipeline.close();
  }

  /** The second upload of a task waits for ever: what it has landed by then is there for good. */
  @BeforeEach
  void holdTheSecondUploadOfTheFirstTask() {
    held =
        pipeline
            .faults()
            .order(
                FaultOrder.of(StandIn.S3, Fault.LATENCY)
                    .at("PutObject")
                    .on(ServiceFaults.DATA + "/part-00000-*")
                    .after(1)
                    .lasting(HELD));
    producer.put(EVENTS);
  }

  @AfterEach
  void kill() {
    run.driver().kill();
    held.close();
  }

  @Test
  void ofASpeculativeTaskOneAttemptIsNamed() {
    run = start("speculative", Map.of("spark.speculation", "true"));

    awaitCommitted();

    assertThat(held.struck()).isEqualTo(1);
    assertThat(attempts(filesOfTheFirstTask())).hasSize(2);
    assertThat(attempts(namedFilesOfTheFirstTask())).hasSize(1);
    proveAfterAGracefulStop();
  }

  @Test
  void aTaskWhoseExecutorIsKilledInItsUploadIsDoneElsewhere() {
    // With one core there is one executor, which must be the one that holds the task.
    run = start("killed", Map.of("spark.speculation", "false", "spark.cores.max", "1"));
    run.driver().await("the upload is held", SOON, () -> held.struck() == 1);
    List<ProcessHandle> executors = run.executors();
    assertThat(executors).hasSize(1);
    executors.get(0).destroyForcibly();

    awaitCommitted();

    assertThat(run.executors()).hasSize(1).doesNotContainAnyElementsOf(executors);
    assertThat(attempts(filesOfTheFirstTask())).hasSize(2);
    assertThat(attempts(namedFilesOfTheFirstTask())).hasSize(1);
    proveAfterAGracefulStop();
  }

  private static WriterRun start(String name, Map<String, String> spark) {
    WriterSettings settings = WriterSettings.usual(SourceType.DIRECT);
    return new WriterStarts(pipeline, home)
        .start(name, cluster, WriterStarts.jar(), settings, spark);
  }

  private void awaitCommitted() {
    run.driver().await("all is committed", SOON, () -> pipeline.committed() == producer.put());
  }

  private void proveAfterAGracefulStop() {
    run.terminate();
    assertThat(run.driver().awaitExit(SOON)).isEqualTo(WriterRun.TERMINATED);
    assertThat(run.complaint()).isEmpty();

    LandedProof landed = pipeline.landed(new Events(producer::put), SourceType.DIRECT);

    assertThat(landed.differences()).isEmpty();
    assertThat(landed.orphans()).isPositive();
  }

  /** The batch that this test has landed, in one interval. */
  private static Manifest lastManifest() {
    return pipeline.manifest(pipeline.manifestCount()).orElseThrow();
  }

  private static Set<String> filesOfTheFirstTask() {
    String interval = BatchFolder.interval(lastManifest().batchTime());
    return pipeline
        .clients()
        .s3()
        .listObjectsV2(FOLDER.bucket(), FOLDER.key(interval))
        .getObjectSummaries()
        .stream()
        .map(S3ObjectSummary::getKey)
        .filter(FIRST_TASK.asPredicate())
        .collect(Collectors.toSet());
  }

  private static Set<String> namedFilesOfTheFirstTask() {
    Manifest manifest = lastManifest();
    List<DataFile> rows = manifest.batches().get(0).files();
    return Stream.concat(rows.stream(), manifest.rejects().files().stream())
        .map(DataFile::key)
        .filter(FIRST_TASK.asPredicate())
        .collect(Collectors.toSet());
  }

  /** The attempts that have landed these files: {@code part-00000-<run>-<task attempt>-...}. */
  private static Set<String> attempts(Set<String> keys) {
    return keys.stream()
        .map(FIRST_TASK::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .collect(Collectors.toSet());
  }
}
