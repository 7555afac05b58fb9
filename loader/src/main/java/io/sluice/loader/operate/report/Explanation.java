package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.report.TableStatus.Waiting;
import io.sluice.loader.plan.BatchId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What would be loaded of one table now, and why.
 *
 * @param why one sentence
 * @param waiting all that is landed and not loaded
 * @param copies of the next load, whether it is due or not; none when nothing waits
 */
public record Explanation(
    TableName table, Decision decision, String why, Waiting waiting, List<PlannedCopy> copies) {
  /** What a loader that had listened would do. */
  public enum Decision {
    /** Load now. */
    LOAD,
    /** Wait for more, or for the time to come. */
    WAIT,
    /** Wait until a maintenance window is over. */
    WINDOW,
    /** Wait until a person resumes the table. */
    PAUSED,
    /** There is nothing to load. */
    NOTHING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One COPY of the next load: batches that differ in columns or format never share one.
   *
   * @param first of its batches
   * @param last of them
   * @param bytes of the files in S3
   * @param expected how long it will take, empty when no past load tells
   * @param basis how many past loads that goes by
   * @param copyManifest where its list of files would be
   * @param statements what the load would run to bring the rows into the table, in their order
   * @param drift DDL that the table lacks for these columns
   * @param ownDrift those of them that the load runs by itself
   */
  public record PlannedCopy(
      BatchId first,
      BatchId last,
      int batches,
      int files,
      long rows,
      long bytes,
      Optional<Duration> expected,
      int basis,
      String copyManifest,
      List<String> statements,
      List<String> drift,
      List<String> ownDrift) {
    public PlannedCopy {
      requireNonNull(first, "first");
      requireNonNull(last, "last");
      requireNonNull(expected, "expected");
      requireNonNull(copyManifest, "copyManifest");
      statements = List.copyOf(statements);
      drift = List.copyOf(drift);
      ownDrift = List.copyOf(ownDrift);
    }
  }

  public Explanation {
    requireNonNull(table, "table");
    requireNonNull(decision, "decision");
    requireNonNull(why, "why");
    requireNonNull(waiting, "waiting");
    copies = List.copyOf(copies);
  }
}
