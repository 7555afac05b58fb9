package io.sluice.acceptance.quickstart;

import io.sluice.acceptance.pipeline.Resources;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.acceptance.pipeline.Stages.Landed;
import io.sluice.acceptance.pipeline.Stages.Loaded;
import java.time.Duration;

/** Looks on until all records have arrived or nothing moves any more. */
final class Watch {
  /**
   * Long enough for a slow machine to start three JVMs; what comes later counts from the last
   * movement.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Progress progress;
  private final long expected;
  private final Interlude interlude;

  Watch(Progress progress, long expected, Interlude interlude) {
    this.progress = progress;
    this.expected = expected;
    this.interlude = interlude;
  }

  /** What is between two looks. */
  @FunctionalInterface
  interface Interlude {
    /** Waits a moment; throws if there is nothing left to wait for. */
    void await();
  }

  /**
   * Looks on.
   *
   * @throws IllegalStateException if nothing has moved for minutes
   */
  Stages until(Feeding feeding, Resources resources) {
    Stages stages = resources.stages();
    Duration lastMovement = Duration.ZERO;
    long seen = -1;
    while (true) {
      long put = feeding.put();
      Landed landed = stages.landed();
      Loaded loaded = stages.loaded();
      progress.show(put, landed.landed(), loaded.rows());
      if (landed.read() >= expected && loaded.rows() >= expected - landed.rejected()) {
        progress.end();
        return stages;
      }
      long sum = put + landed.read() + loaded.rows();
      if (sum != seen) {
        seen = sum;
        lastMovement = progress.elapsed();
      }
      if (progress.elapsed().minus(lastMovement).compareTo(PATIENCE) > 0) {
        throw new IllegalStateException(
            "nothing has moved for %d s".formatted(PATIENCE.toSeconds()));
      }
      interlude.await();
    }
  }
}
