package io.sluice.loader.operate.backfill;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.util.Locale;

/**
 * What became of one table.
 *
 * @param loaded batches that this run has loaded
 * @param known batches that the ledger had already
 * @param refused batches that cannot be loaded as they are
 * @param quarantined files of which something is in quarantine since this run
 * @param left batches that are known to be not loaded yet
 * @param rows that were loaded
 * @param bytes of their files in S3
 * @param loads transactions that loaded something
 * @param duration of the whole run
 */
public record BackfillResult(
    TableName table,
    State state,
    long loaded,
    long known,
    long refused,
    long quarantined,
    long left,
    long rows,
    long bytes,
    long loads,
    Duration duration) {
  /** How it ended. */
  public enum State {
    /** All that was asked for is in the ledger. */
    DONE,
    /** The same, but for batches that were refused. */
    REFUSED,
    /** The run was broken off before it came to the end. */
    STOPPED,
    /** A person has paused the table. */
    PAUSED,
    /** A maintenance window is open. */
    WINDOW,
    /** The table was given up over a failure. */
    FAILED;

    /** For people and programs. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BackfillResult {
    requireNonNull(table, "table");
    requireNonNull(state, "state");
    requireNonNull(duration, "duration");
  }

  /** Whether something is not done that another run may do. */
  public boolean isUnfinished() {
    return state != State.DONE && state != State.REFUSED;
  }

  /** Whether something did not come into the table for good. */
  public boolean hasLosses() {
    return refused > 0 || quarantined > 0;
  }

  /** Rows a second; null when there is no time to speak of. */
  public Double rowsPerSecond() {
    double seconds = duration.toMillis() / 1000.0;
    return rows == 0 || seconds == 0 ? null : Math.round(rows / seconds * 10) / 10.0;
  }
}
