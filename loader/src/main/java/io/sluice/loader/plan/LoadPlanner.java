package io.sluice.loader.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a table's next load is due and which batches it takes: few, large COPYs, larger ones
 * when behind. Pure.
 */
public final class LoadPlanner {
  private LoadPlanner() {}

  /**
   * The plan for one table.
   *
   * <p>A load is due when its oldest batch has waited {@code max-wait}, but not before the interval
   * of its pace has passed since the last COPY began; or when what waits reaches one of the limits,
   * but not before {@code min-interval} has passed: a load that is full would gain nothing by
   * waiting longer. It takes batches from the front as far as the limits go, and always at least
   * one.
   *
   * <p>A load is overdue since it was due, but never since before the table's last load ended: so
   * that among tables that all have more than they can load, each has its turn before any has its
   * second.
   *
   * @param pending what waits, in order
   */
  public static LoadPlan plan(
      List<PendingBatch> pending, LoadPolicy policy, Pace pace, Instant now) {
    if (pending.isEmpty()) {
      return LoadPlan.wait(Instant.MAX);
    }
    List<PendingBatch> front = front(pending, policy);
    boolean full = front.size() < pending.size() || reachesALimit(front, policy);
    Instant allowed = pace.lastBegun().plus(full ? policy.minInterval() : pace.interval(policy));
    Instant due = later(allowed, ripe(front, policy, full));
    if (now.isBefore(due)) {
      return LoadPlan.wait(due);
    }
    return new LoadPlan(front, now, later(due, pace.lastEnded()), full);
  }

  /** When what is in front had waited long enough, or had become enough. */
  private static Instant ripe(List<PendingBatch> front, LoadPolicy policy, boolean full) {
    Instant waited =
        front.stream()
            .map(PendingBatch::heldSince)
            .min(Instant::compareTo)
            .get()
            .plus(policy.maxWait());
    if (!full) {
      return waited;
    }
    Instant enough = front.stream().map(PendingBatch::heldSince).max(Instant::compareTo).get();
    return enough.isBefore(waited) ? enough : waited;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static List<PendingBatch> front(List<PendingBatch> pending, LoadPolicy policy) {
    List<PendingBatch> front = new ArrayList<>();
    LoadSize size = LoadSize.EMPTY;
    for (PendingBatch batch : pending) {
      size = size.plus(batch.files(), batch.bytes());
      if (!size.isAllowed(policy)) {
        return front;
      }
      front.add(batch);
    }
    return front;
  }

  private static boolean reachesALimit(List<PendingBatch> front, LoadPolicy policy) {
    LoadSize size = LoadSize.EMPTY;
    for (PendingBatch batch : front) {
      size = size.plus(batch.files(), batch.bytes());
    }
    return size.isFull(policy);
  }
}
