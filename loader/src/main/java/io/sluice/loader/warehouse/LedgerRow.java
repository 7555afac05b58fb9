package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.BatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger keeps: one row of a batch that is loaded, and one of each of its files of which
 * something is in quarantine.
 *
 * @param batch the batch, as loaded once in the ledger for ever
 * @param loadId the COPY transaction that loaded it
 * @param rows the rows that were loaded; in the row of a file, those in quarantine. Over all rows
 *     of a batch these sum up to what its manifest promises, and so do bytes and files
 * @param bytes of the same files in S3, 0 when only rows of a file are meant
 * @param files how many these are, 0 likewise
 * @param batchTime the time of its batch interval
 * @param arrivalMin when its earliest record reached the stream
 * @param arrivalMax when its latest did
 * @param loadedAt the loader's clock, just before the commit
 * @param loaderId who loaded it
 * @param quarantined the file that this row is about, empty in the row of the batch
 */
public record LedgerRow(
    BatchId batch,
    String loadId,
    long rows,
    long bytes,
    int files,
    Instant batchTime,
    Instant arrivalMin,
    Instant arrivalMax,
    Instant loadedAt,
    String loaderId,
    Optional<BadFile> quarantined) {
  public LedgerRow {
    requireNonNull(batch, "batch");
    requireNonNull(loadId, "loadId");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(arrivalMin, "arrivalMin");
    requireNonNull(arrivalMax, "arrivalMax");
    requireNonNull(loadedAt, "loadedAt");
    requireNonNull(loaderId, "loaderId");
    requireNonNull(quarantined, "quarantined");
  }

  /**
   * The row of a file of the same batch.
   *
   * @param rowsAside those of it in quarantine
   * @param bytesAside of it in S3, 0 when other rows of it are loaded
   * @param filesAside 1, or 0 likewise
   */
  public LedgerRow about(BadFile file, long rowsAside, long bytesAside, int filesAside) {
    return new LedgerRow(
        batch,
        loadId,
        rowsAside,
        bytesAside,
        filesAside,
        batchTime,
        arrivalMin,
        arrivalMax,
        loadedAt,
        loaderId,
        Optional.of(file));
  }
}
