package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.BatchId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A load as the ledger has it: all that one transaction committed.
 *
 * @param committedAt when its rows of the ledger were written
 * @param rows that are in the table by it
 * @param batches that it decided, in their order
 * @param aside what it did not load
 */
public record RecordedLoad(
    String id, Instant committedAt, long rows, Set<BatchId> batches, AsideFiles aside) {
  public RecordedLoad {
    requireNonNull(id, "id");
    requireNonNull(committedAt, "committedAt");
    batches = unchanging(batches);
    requireNonNull(aside, "aside");
  }

  private static <T> Set<T> unchanging(Collection<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
