package io.sluice.acceptance.faults;

import io.sluice.acceptance.faults.FaultKind.Lane;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.proof.LandedProof;
import io.sluice.acceptance.proof.LoadedProof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One scenario: events stream in, a supervisor keeps a writer running, and a seeded sequence of
 * faults happens to all of it; then everything is proven. Which faults come in which order, and how
 * long is waited before each, follows from the seed; what the processes do in the meantime does
 * not.
 */
final class FaultMix {
  private final Plan plan;
  private final long seed;
  private final Random random;
  private final long startedAt = System.nanoTime();
  private final Map<FaultKind, Integer> done =
      Collections.synchronizedMap(new EnumMap<>(FaultKind.class));

  FaultMix(Plan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * What is to happen.
   *
   * @param faults how often each
   * @param limit after this time no fault begins any more, and what has happened is proven
   * @param sqsOutage how long SQS is down
   */
  record Plan(
      WriterSettings.SourceType source,
      int shards,
      int eventsASecond,
      Map<FaultKind, Integer> faults,
      Duration sqsOutage,
      Duration limit) {
    String name() {
      return "faults-" + source.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What has happened.
   *
   * @param exits how many runs have ended with each exit code
   * @param differences what the proofs have found
   */
  record Report(
      long records,
      Map<FaultKind, Integer> faults,
      Map<Integer, Integer> exits,
      int executorsKilled,
      LandedProof landed,
      LoadedProof loaded,
      List<String> differences) {}

  /** Runs it. Throws when a writer ends as none may, or stops to commit. */
  Report run() {
    say("-Dfaults.seed=" + seed);
    try {
      return play();
    } catch (Exception | AssertionError e) { // of whatever kind, it is told with the seed
      throw new AssertionError(
          "the scenario failed after %s; repeat it by -Dfaults.seed=%d".formatted(done, seed), e);
    }
  }

  private Report play() throws Exception {
    try (EventPipeline pipeline = EventPipeline.start(plan.name(), plan.shards())) {
      SparkHome home = SparkHome.make(Build.current(), pipeline.logs().resolve("spark-home"));
      try (SparkCluster cluster =
              SparkCluster.start(home, pipeline.logs(), pipeline.environment());
          Supervisor supervisor = new Supervisor(starter(pipeline, home, cluster));
          EventProducer producer = pipeline.producer(plan.eventsASecond(), seed)) {
        Scene scene = new Scene(pipeline, supervisor, producer, new ReentrantLock(true));
        supervisor.start();
        producer.start();
        return report(scene, lanes(scene));
      } finally {
        home.removeJars();
      }
    }
  }

  /** Every run has settings of its own, and now and then another jar and another cluster. */
  private java.util.function.IntFunction<WriterRun> starter(
      EventPipeline pipeline, SparkHome home, SparkCluster cluster) {
    WriterStarts starts = new WriterStarts(pipeline, home);
    Random settings = new Random(seed + 1);
    return number -> {
      Place place = number % 2 == 0 ? Place.localCluster() : cluster;
      Path jar = number % 3 == 2 ? starts.otherJar() : WriterStarts.jar();
      return starts.start(
          "writer-" + number, place, jar, WriterSettings.random(plan.source(), settings), Map.of());
    };
  }

  private record Lanes(ProcessFaults processes, ServiceFaults services) {}

  private Lanes lanes(Scene scene) throws Exception {
    ProcessFaults processes = new ProcessFaults(scene, new Random(seed + 2));
    StreamFaults stream = new StreamFaults(scene, new Random(seed + 3));
    ServiceFaults services = new ServiceFaults(scene, new Random(seed + 4), plan.sqsOutage());
    scene.awaitProgress();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> lanes = new ArrayList<>();
      for (Lane lane : Lane.values()) {
        List<FaultKind> order = order(lane);
        Random gaps = new Random(seed + lane.name().hashCode());
        lanes.add(
            threads.submit(
                () -> {
                  for (FaultKind kind : order) {
                    if (elapsed().compareTo(plan.limit()) > 0) {
                      say(
                          "the time is over, %s and what comes after it are left out"
                              .formatted(kind));
                      return;
                    }
                    Scene.pause(gaps.nextInt(1000));
                    strike(kind, processes, stream, services);
                    done.merge(kind, 1, Integer::sum);
                    tell(kind, scene);
                  }
                }));
      }
      for (Future<?> lane : lanes) {
        lane.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return new Lanes(processes, services);
  }

  private List<FaultKind> order(Lane lane) {
    List<FaultKind> order = new ArrayList<>();
    plan.faults()
        .forEach(
            (kind, times) -> {
              if (kind.lane() == lane) {
                order.addAll(Collections.nCopies(times, kind));
              }
            });
    Collections.shuffle(order, random);
    return order;
  }

  private static void strike(
      FaultKind kind, ProcessFaults processes, StreamFaults stream, ServiceFaults services) {
    switch (kind) {
      case DRIVER_KILLED_AT_START -> processes.killAtStart();
      case DRIVER_KILLED_IN_INTERVAL -> processes.killInInterval();
      case DRIVER_KILLED_AT_COMMIT -> processes.killAtCommit();
      case EXECUTOR_KILLED -> processes.killExecutor();
      case GRACEFUL_STOP -> processes.stopGracefully();
      case SECOND_DRIVER -> processes.startSecondDriver();
      case SPLIT -> stream.split();
      case MERGE -> stream.merge();
      case RESCALE -> stream.rescale();
      case S3_DATA_ERRORS -> services.dataErrors();
      case S3_DATA_RESETS -> services.dataResets();
      case S3_DATA_SLOW -> services.slowData();
      case S3_MANIFEST_ERRORS -> services.manifestErrors();
      case S3_MANIFEST_SLOW -> services.slowManifests();
      case COMMIT_ANSWER_LOST -> services.loseCommitAnswers();
      case SQS_DOWN -> services.takeSqsDown();
      case KINESIS_THROTTLED -> services.throttleKinesis();
      case KINESIS_ERRORS -> services.failKinesis();
      case KINESIS_ITERATORS_EXPIRED -> services.expireIterators();
      case DYNAMODB_THROTTLED -> services.throttleDynamoDb();
    }
  }

  private Report report(Scene scene, Lanes lanes) throws SQLException {
    long put = scene.producer().end();
    scene.awaitThat("all is committed", () -> scene.pipeline().committed() >= put);
    scene.supervisor().stop();
    Events events = new Events(() -> put);
    LandedProof landed = scene.pipeline().landed(events, plan.source());
    say("landed: " + summary(landed));
    List<String> differences = new ArrayList<>(landed.differences());
    landed.unannounced().stream()
        .filter(time -> lanes.services().outages().stream().noneMatch(o -> o.covers(time)))
        .forEach(time -> differences.add("no message, though SQS was up: manifest of " + time));
    LoadedProof loaded = scene.pipeline().load(events, landed);
    differences.addAll(loaded.differences());
    Report report =
        new Report(
            put,
            new EnumMap<>(done),
            scene.supervisor().exits(),
            lanes.processes().executorsKilled(),
            landed,
            loaded,
            differences);
    say(
        "%,d records, exits %s, %d executors killed, faults %s, %d differences"
            .formatted(
                put, report.exits(), report.executorsKilled(), done, report.differences().size()));
    return report;
  }

  private static String summary(LandedProof landed) {
    return "%d takeovers, %d batches, %,d rows, %,d rejects, %d orphans, %d unannounced"
        .formatted(
            landed.takeovers(),
            landed.batches(),
            landed.rows(),
            landed.rejects(),
            landed.orphans(),
            landed.unannounced().size());
  }

  private void tell(FaultKind kind, Scene scene) {
    say(
        "%s (%d of %d); exits %s, %,d put, %,d committed"
            .formatted(
                kind.words(),
                done.get(kind),
                plan.faults().get(kind),
                scene.supervisor().exits(),
                scene.producer().put(),
                scene.pipeline().committed()));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private void say(String what) {
    System.out.printf("%s %4d s: %s%n", plan.name(), elapsed().toSeconds(), what);
  }
}
