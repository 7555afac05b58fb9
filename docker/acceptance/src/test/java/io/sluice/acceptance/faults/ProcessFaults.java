package io.sluice.acceptance.faults;

import io.sluice.common.aws.FaultControl.Order;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Kills, stops and doubles drivers and executors. */
final class ProcessFaults {
  /** About as long as a driver takes to its first commit. */
  private static final int START_MILLIS = 12_000;

  private final Scene scene;
  private final Random random;
  private int executorsKilled;

  ProcessFaults(Scene scene, Random random) {
    this.scene = scene;
    this.random = random;
  }

  int executorsKilled() {
    return executorsKilled;
  }

  void killAtStart() {
    scene.awaitProgress();
    killCurrent();
    Scene.pause(random.nextInt(START_MILLIS));
    killCurrent();
  }

  void killInInterval() {
    scene.awaitProgress();
    Scene.pause(random.nextInt(1500));
    killCurrent();
  }

  /** The writer dies with its manifest on the way: it is committed or not, and nobody was told. */
  void killAtCommit() {
    scene.awaitProgress();
    scene.quiet().lock();
    try {
      killWithAManifestOnItsWay();
    } finally {
      scene.quiet().unlock();
    }
  }

  /** The direct source goes on without the executor; the receiver source ends its run by design. */
  void killExecutor() {
    scene.awaitProgress();
    WriterRun run = scene.supervisor().current();
    if (run.settings().source() == WriterSettings.SourceType.RECEIVER) {
      run.allow(WriterRun.FAILED);
    }
    Scene.pause(random.nextInt(1500));
    List<ProcessHandle> executors = run.executors();
    if (executors.isEmpty()) {
      throw new IllegalStateException(run.driver().name() + " has no executors");
    }
    if (!executors.get(random.nextInt(executors.size())).destroyForcibly()) {
      throw new IllegalStateException("could not kill an executor of " + run.driver().name());
    }
    executorsKilled++;
    scene.awaitProgress();
  }

  /** SIGTERM while a commit is in hand and intervals wait behind it. */
  void stopGracefully() {
    scene.quiet().lock();
    try {
      scene.awaitProgress();
      stopWithACommitInHand();
    } finally {
      scene.quiet().unlock();
    }
    scene.awaitProgress();
  }

  /** One of the two must be fenced, and nobody else may end. */
  void startSecondDriver() {
    scene.quiet().lock();
    try {
      scene.awaitProgress();
      int before = scene.supervisor().exits(WriterRun.FENCED);
      scene.supervisor().start();
      scene.supervisor().live().forEach(run -> run.allow(WriterRun.FENCED));
      scene.awaitThat(
          "one of two drivers was fenced",
          () -> scene.supervisor().exits(WriterRun.FENCED) > before);
    } finally {
      scene.quiet().unlock();
    }
    scene.awaitProgress();
  }

  private void killWithAManifestOnItsWay() {
    Fault fault = random.nextBoolean() ? Fault.LATENCY : Fault.LOST_ANSWER;
    FaultOrder order = FaultOrder.of(StandIn.S3, fault).at("PutObject").on(ServiceFaults.MANIFESTS);
    if (fault == Fault.LATENCY) {
      order = order.lasting(Duration.ofMillis(600));
    }
    try (Order held = scene.pipeline().faults().order(order)) {
      scene.awaitThat("a manifest is on its way", () -> held.struck() > 0);
      Scene.pause(random.nextInt(fault == Fault.LATENCY ? 800 : 50));
      killCurrent();
    }
  }

  private void stopWithACommitInHand() {
    FaultOrder slow =
        FaultOrder.of(StandIn.S3, Fault.LATENCY)
            .at("PutObject")
            .on(ServiceFaults.MANIFESTS)
            .lasting(Duration.ofSeconds(3));
    try (Order held = scene.pipeline().faults().order(slow)) {
      scene.awaitThat("a manifest is on its way", () -> held.struck() > 0);
      long before = scene.pipeline().manifestCount();
      int stops = scene.supervisor().exits(WriterRun.TERMINATED);
      scene.supervisor().current().terminate();
      scene.awaitThat(
          "the writer stopped", () -> scene.supervisor().exits(WriterRun.TERMINATED) > stops);
      long more = scene.pipeline().manifestCount() - before;
      if (more > 1) {
        throw new AssertionError(
            "a stop lets the interval in hand finish, and this one made %d manifests"
                .formatted(more));
      }
    }
  }

  private void killCurrent() {
    int before = scene.supervisor().exits(WriterRun.KILLED);
    scene.supervisor().current().killDriver();
    scene.awaitThat(
        "the driver was dead", () -> scene.supervisor().exits(WriterRun.KILLED) > before);
  }
}
