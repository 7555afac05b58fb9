package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.time.Instant;

/**
 * What the ledger has of a file that is in quarantine, or was.
 *
 * @param batch whose file it is
 * @param state never that of a batch
 * @param file its key, relative to the batch folder
 * @param loadId the load that set it aside or, since, the one that loaded it
 * @param rows that are set aside or, since, loaded
 * @param bytes of the file in S3, 0 when only rows of it are meant
 * @param batchTime the time of its batch interval
 * @param since when it came into this state; a file that was given up keeps the time when it came
 *     into quarantine
 * @param by the loader or the person who brought it there, likewise
 * @param error why it is in quarantine; behind a retry or a discard the reason begins with that
 */
public record QuarantineEntry(
    BatchId batch,
    State state,
    String file,
    String loadId,
    long rows,
    long bytes,
    Instant batchTime,
    Instant since,
    String by,
    LoadError error) {
  public QuarantineEntry {
    requireNonNull(batch, "batch");
    requireNonNull(file, "file");
    requireNonNull(loadId, "loadId");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(since, "since");
    requireNonNull(by, "by");
    requireNonNull(error, "error");
    if (state == State.LOADED) {
      throw new IllegalArgumentException("a loaded batch is not in quarantine: " + batch);
    }
  }

  /** The file's {@code s3://} address. */
  public String uri() {
    return batch.folder().uri(file);
  }

  /** The same file as its manifest promises it, loaded since. */
  public QuarantineEntry retried(String load, String person, Instant at) {
    return loaded(State.RETRIED, load, rows, bytes, person, at);
  }

  /** The same file, replaced and loaded since with what it has now. */
  public QuarantineEntry replaced(
      String load, long rowsNow, long bytesNow, String person, Instant at) {
    return loaded(State.REPLACED, load, rowsNow, bytesNow, person, at);
  }

  /** The same file, given up. */
  public QuarantineEntry discarded(String person, Instant at, String reason) {
    return new QuarantineEntry(
        batch,
        State.DISCARDED,
        file,
        loadId,
        rows,
        bytes,
        batchTime,
        since,
        by,
        because("discarded by %s at %s: %s".formatted(person, at, reason)));
  }

  private QuarantineEntry loaded(
      State loaded, String load, long rowsNow, long bytesNow, String person, Instant at) {
    return new QuarantineEntry(
        batch,
        loaded,
        file,
        load,
        rowsNow,
        bytesNow,
        batchTime,
        at,
        person,
        because("%s by %s at %s".formatted(loaded.text(), person, at)));
  }

  private LoadError because(String what) {
    return new LoadError(
        error.file(),
        error.line(),
        error.column(),
        error.value(),
        error.code(),
        what + "; was: " + error.reason());
  }
}
