package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Instant;

/**
 * A table that a person has paused: no loader of the ledger begins a load of it, its messages are
 * kept.
 *
 * @param by who did it, for people
 * @param since the clock of the one who did it
 */
public record Pause(TableName table, String by, Instant since, String reason) {
  /** The most characters of a reason; the ledger's column takes four bytes for each. */
  public static final int LONGEST_REASON = 500;

  private static final int LONGEST_BY = 100;

  public Pause {
    requireNonNull(table, "table");
    requireNonNull(since, "since");
    if (by.isBlank() || by.length() > LONGEST_BY) {
      throw new IllegalArgumentException(
          "who pauses must be named with 1 to " + LONGEST_BY + " characters, not '" + by + "'");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a reason must have 1 to " + LONGEST_REASON + " characters");
    }
  }
}
