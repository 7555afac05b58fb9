package io.sluice.acceptance.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What all faults of a scenario work on.
 *
 * @param quiet held while services fail, and by faults of processes that must not be mixed with
 *     such failures
 */
record Scene(
    EventPipeline pipeline, Supervisor supervisor, EventProducer producer, ReentrantLock quiet) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Waits for a condition while the scenario is sound. */
  void awaitThat(String what, BooleanSupplier condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () -> {
              supervisor.requireNoComplaints();
              producer.requireRunning();
            })
        .until(condition::getAsBoolean);
  }

  /** Waits until more is committed than now. */
  void awaitProgress() {
    long before = pipeline.committed();
    awaitThat("a commit after " + before + " records", () -> pipeline.committed() > before);
  }

  /** The moment of a fault is what a test like this varies. */
  static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
