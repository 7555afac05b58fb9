package io.sluice.stack.redshift.isolation;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * What a transaction has touched so far, its current statement included.
 *
 * @param read the tables that it has read, by their numbers
 * @param written the tables that it has written to
 */
public record Access(long transaction, Snapshot snapshot, Set<Long> read, Set<Long> written) {
  /** Copies the sets. */
  public Access {
    requireNonNull(snapshot, "snapshot");
    read = Set.copyOf(read);
    written = Set.copyOf(written);
  }
}
