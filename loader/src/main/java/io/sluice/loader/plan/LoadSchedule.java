package io.sluice.loader.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The loads of one table in the course of time: remembers how the last ones went and plans the next
 * one. It is told the time by a clock that never jumps. One thread.
 */
public final class LoadSchedule {
  /** One COPY that was slow by chance changes nothing, a slow warehouse is followed soon. */
  private static final int OBSERVED = 5;

  private static final int UNLIMITED = 1 << 20;

  private final Deque<Duration> copyTimes = new ArrayDeque<>();
  private Pace pace = Pace.NONE;
  private int mostBatches = UNLIMITED;

  /** What to do now with these batches, which are in order. */
  public LoadPlan plan(List<PendingBatch> pending, LoadPolicy policy, Instant now) {
    return LoadPlanner.plan(pending, policy.withMaxBatches(mostBatches), pace, now);
  }

  /**
   * A load has copied: its start counts for the interval. Its time counts for the pace unless it
   * was full, for those that catch up say nothing about the loads that follow, and do not heed it.
   */
  public void copied(LoadPlan plan, Instant begun, Instant ended) {
    if (!plan.full()) {
      copyTimes.addLast(Duration.between(begun, ended));
      if (copyTimes.size() > OBSERVED) {
        copyTimes.removeFirst();
      }
    }
    pace = new Pace(begun, ended, median());
  }

  /** A load has ended without a COPY that was committed. */
  public void ended(Instant now) {
    pace = new Pace(pace.lastBegun(), now, pace.copyTime());
  }

  /** A load of so many batches was too large: the next ones have at most half as many. */
  public void tooLarge(int batches) {
    mostBatches = Math.max(1, batches / 2);
  }

  /** A load went well: after one that was too large they may grow again. */
  public void wentWell() {
    mostBatches = Math.min(UNLIMITED, mostBatches * 2);
  }

  /** How the loads have gone so far. */
  public Pace pace() {
    return pace;
  }

  private Duration median() {
    if (copyTimes.isEmpty()) {
      return Duration.ZERO;
    }
    return copyTimes.stream().sorted().skip((copyTimes.size() - 1) / 2).findFirst().get();
  }
}
