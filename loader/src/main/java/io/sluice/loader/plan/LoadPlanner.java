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
   * <p>A load is due when its oldest batch has waited {@code max-wait}, or when what waits reaches
   * one of the limits; never before {@code min-interval} has passed since the last COPY began. It
   * takes batches from the front as far as the limits go, and always at least one.
   *
   * @param pending what waits, in order
   * @param lastCopy when the last COPY of the table began, {@link Instant#MIN} for never
   */
  public static LoadPlan plan(
      List<PendingBatch> pending, LoadPolicy policy, Instant lastCopy, Instant now) {
    if (pending.isEmpty()) {
      return LoadPlan.wait(Instant.MAX);
    }
    Instant allowed =
        lastCopy.equals(Instant.MIN) ? Instant.MIN : lastCopy.plus(policy.minInterval());
    if (now.isBefore(allowed)) {
      return LoadPlan.wait(allowed);
    }
    List<PendingBatch> front = front(pending, policy);
    if (front.size() < pending.size() || reachesALimit(front, policy)) {
      return new LoadPlan(front, now);
    }
    Instant oldest = pending.stream().map(PendingBatch::heldSince).min(Instant::compareTo).get();
    Instant due = oldest.plus(policy.maxWait());
    return now.isBefore(due) ? LoadPlan.wait(due) : new LoadPlan(front, now);
  }

  private static List<PendingBatch> front(List<PendingBatch> pending, LoadPolicy policy) {
    List<PendingBatch> front = new ArrayList<>();
    long bytes = 0;
    long files = 0;
    for (PendingBatch batch : pending) {
      bytes += batch.bytes();
      files += batch.files();
      boolean fits =
          bytes <= policy.maxBytes()
              && files <= policy.maxFiles()
              && front.size() < policy.maxBatches();
      if (!front.isEmpty() && !fits) {
        return front;
      }
      front.add(batch);
    }
    return front;
  }

  private static boolean reachesALimit(List<PendingBatch> front, LoadPolicy policy) {
    return front.size() >= policy.maxBatches()
        || front.stream().mapToLong(PendingBatch::bytes).sum() >= policy.maxBytes()
        || front.stream().mapToLong(PendingBatch::files).sum() >= policy.maxFiles();
  }
}
