package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.BatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger keeps: one row of a batch that is loaded, and one of each of its files that is in
 * quarantine.
 *
 * @param batch the batch, as loaded once in the ledger for ever
 * @param loadId the COPY transaction that loaded it
 * @param rows the rows that were loaded, of a file in quarantine those that were not
 * @param bytes of the same files in S3
 * @param files how many these are
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

  /** The same of a file in quarantine. */
  LedgerRow about(BadFile file) {
    return new LedgerRow(
        batch,
        loadId,
        rows,
        bytes,
        files,
        batchTime,
        arrivalMin,
        arrivalMax,
        loadedAt,
        loaderId,
        Optional.of(file));
  }
}
