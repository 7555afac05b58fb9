package io.sluice.loader.operate.report;

import io.sluice.loader.operate.report.Explanation.Decision;
import io.sluice.loader.plan.LoadPlan;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.LoadSchedule;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The next load of a table as the daemon's own planner plans it, after it was told of the past
 * loads as if it had run them. Pure.
 *
 * @param batches what it takes
 */
record NextLoad(Decision decision, String why, List<PendingBatch> batches) {
  NextLoad {
    batches = List.copyOf(batches);
  }

  /**
   * Plans.
   *
   * @param pending what waits, in order, at least one batch more than a load takes if there is
   * @param past the past loads, the oldest first
   */
  static NextLoad plan(
      List<PendingBatch> pending, LoadPolicy policy, List<PastLoad> past, Instant now) {
    if (pending.isEmpty()) {
      return new NextLoad(Decision.NOTHING, "all that is landed is loaded", List.of());
    }
    LoadSchedule schedule = new LoadSchedule();
    for (PastLoad load : past) {
      load.begun()
          .ifPresent(
              begun -> {
                LoadPlan plan = new LoadPlan(List.of(), begun, begun, isFull(load.sum(), policy));
                schedule.copied(plan, begun, load.sum().loadedAt());
              });
    }
    LoadPlan plan = schedule.plan(pending, policy, now);
    if (plan.isDue()) {
      return new NextLoad(Decision.LOAD, due(plan, pending, policy, now), plan.batches());
    }
    LoadPlan later = schedule.plan(pending, policy, plan.notBefore());
    Duration interval = schedule.pace().interval(policy);
    Instant paced =
        schedule.pace().lastBegun().equals(Instant.MIN)
            ? Instant.MIN
            : schedule.pace().lastBegun().plus(interval);
    String why =
        paced.isBefore(plan.notBefore())
            ? "it has waited %s of copy.max-wait = %s, and is due at %s"
                .formatted(
                    oldest(pending, now), Durations.words(policy.maxWait()), plan.notBefore())
            : "the last load began at %s and its table's loads begin %s apart: due at %s"
                .formatted(
                    schedule.pace().lastBegun(), Durations.words(interval), plan.notBefore());
    return new NextLoad(Decision.WAIT, why, later.batches());
  }

  private static String due(
      LoadPlan plan, List<PendingBatch> pending, LoadPolicy policy, Instant now) {
    if (plan.full()) {
      return "what waits reaches %s".formatted(limit(plan, pending, policy));
    }
    return "the oldest batch has waited %s, and copy.max-wait is %s"
        .formatted(oldest(pending, now), Durations.words(policy.maxWait()));
  }

  private static String limit(LoadPlan plan, List<PendingBatch> pending, LoadPolicy policy) {
    List<PendingBatch> batches = plan.batches();
    boolean more = batches.size() < pending.size();
    List<PendingBatch> reached = more ? pending.subList(0, batches.size() + 1) : batches;
    if (batches.size() >= policy.maxBatches()) {
      return "copy.max-batches = " + policy.maxBatches();
    }
    if (reached.stream().mapToLong(PendingBatch::bytes).sum() >= policy.maxBytes()) {
      return "copy.max-bytes = " + policy.maxBytes();
    }
    return "copy.max-files = " + policy.maxFiles();
  }

  /** How long the oldest has waited. */
  private static String oldest(List<PendingBatch> pending, Instant now) {
    Instant first =
        pending.stream().map(PendingBatch::heldSince).min(Instant::compareTo).orElse(now);
    return Durations.words(Duration.between(first, now));
  }

  private static boolean isFull(LoadSum load, LoadPolicy policy) {
    return load.batches() >= policy.maxBatches()
        || load.bytes() >= policy.maxBytes()
        || load.files() >= policy.maxFiles();
  }
}
