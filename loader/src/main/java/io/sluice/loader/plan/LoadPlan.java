package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What to do with a table now.
 *
 * @param batches what to load at once, in order; empty when no load is due
 * @param notBefore when to ask again if nothing changes until then; {@link Instant#MAX} when only a
 *     new batch can make a load due
 * @param overdueSince since when the load could have begun; {@link Instant#MAX} when none is due
 * @param full whether the load is as large as the policy lets it be, so that waiting would not make
 *     it any larger
 */
public record LoadPlan(
    List<PendingBatch> batches, Instant notBefore, Instant overdueSince, boolean full) {
  public LoadPlan {
    requireNonNull(notBefore, "notBefore");
    requireNonNull(overdueSince, "overdueSince");
    batches = List.copyOf(batches);
  }

  static LoadPlan wait(Instant until) {
    return new LoadPlan(List.of(), until, Instant.MAX, false);
  }

  /** Whether there is something to load now. */
  public boolean isDue() {
    return !batches.isEmpty();
  }
}
