package io.sluice.loader.operate.reconcile;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How the rows of a table can be counted against the ledger.
 *
 * @param appendOnly whether rows stay as they were loaded; those that replace each other cannot be
 *     counted
 * @param loadColumn the column that holds the load of each row, if there is one
 */
public record Countable(boolean appendOnly, Optional<String> loadColumn) {
  public Countable {
    requireNonNull(loadColumn, "loadColumn");
  }
}
