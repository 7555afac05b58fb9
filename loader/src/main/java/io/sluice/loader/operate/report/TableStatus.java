package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.LedgerSums.SetAside;
import io.sluice.loader.warehouse.LoadSum;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one table is.
 *
 * @param reason why it is in this state, empty when that goes without saying
 * @param waiting what is landed and not loaded
 * @param freshness how old the newest record is that the table has, by its arrival in the stream
 * @param lastLoad the last load
 * @param lastTook how long that took, see {@link PastLoad}
 * @param loadsLastHour how many loads were committed in the last hour
 * @param retries how often loads failed and were tried again since the loader on this machine was
 *     started; empty when none runs here
 * @param setAside what is in quarantine
 */
public record TableStatus(
    TableName table,
    State state,
    Optional<String> reason,
    Waiting waiting,
    Optional<Duration> freshness,
    Optional<LoadSum> lastLoad,
    Optional<Duration> lastTook,
    long loadsLastHour,
    OptionalLong retries,
    SetAside setAside) {
  /** What a table can be in. */
  public enum State {
    /** All that is landed is loaded. */
    LOADED,
    /** Something waits for its load, as it should. */
    WAITING,
    /** Something has waited for longer than its freshness objective. */
    LATE,
    /** A maintenance window keeps loads back. */
    WINDOW,
    /** A person has paused it. */
    PAUSED,
    /** No load can succeed until somebody repairs something. */
    BROKEN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is landed and not loaded.
   *
   * @param bytes of the files in S3
   * @param oldestArrival when the oldest record among it reached the stream, empty for nothing
   */
  public record Waiting(long batches, long rows, long bytes, Optional<Instant> oldestArrival) {
    static final Waiting NOTHING = new Waiting(0, 0, 0, Optional.empty());

    Waiting plus(long moreRows, long moreBytes, Instant arrival) {
      Instant oldest = oldestArrival.filter(known -> known.isBefore(arrival)).orElse(arrival);
      return new Waiting(batches + 1, rows + moreRows, bytes + moreBytes, Optional.of(oldest));
    }

    /** How long the oldest of it has waited. */
    public Optional<Duration> age(Instant now) {
      return oldestArrival.map(oldest -> Duration.between(oldest, now));
    }
  }

  public TableStatus {
    requireNonNull(table, "table");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    requireNonNull(waiting, "waiting");
    requireNonNull(freshness, "freshness");
    requireNonNull(lastLoad, "lastLoad");
    requireNonNull(lastTook, "lastTook");
    requireNonNull(retries, "retries");
    requireNonNull(setAside, "setAside");
  }
}
