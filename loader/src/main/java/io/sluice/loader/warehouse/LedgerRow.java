package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.plan.BatchId;
import java.time.Instant;

/**
 * What the ledger keeps of a batch that is loaded.
 *
 * @param batch the batch, once in the ledger for ever
 * @param loadId the COPY transaction that loaded it
 * @param rows the rows of the batch
 * @param bytes the bytes of its files in S3
 * @param files how many files it has
 * @param batchTime the time of its batch interval
 * @param arrivalMin when its earliest record reached the stream
 * @param arrivalMax when its latest did
 * @param loadedAt the loader's clock, just before the commit
 * @param loaderId who loaded it
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
    String loaderId) {
  public LedgerRow {
    requireNonNull(batch, "batch");
    requireNonNull(loadId, "loadId");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(arrivalMin, "arrivalMin");
    requireNonNull(arrivalMax, "arrivalMax");
    requireNonNull(loadedAt, "loadedAt");
    requireNonNull(loaderId, "loaderId");
  }
}
