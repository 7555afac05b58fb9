package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Instant;

/**
 * A load, as the rows that it entered in the ledger sum up.
 *
 * @param batches that it loaded
 * @param rows that came into the table
 * @param bytes of the files in S3
 * @param files how many these are; 0 when all went to quarantine and there was nothing to copy
 * @param loadedAt the loader's clock, just before the commit
 */
public record LoadSum(
    TableName table,
    String loadId,
    int batches,
    long rows,
    long bytes,
    long files,
    Instant loadedAt) {
  public LoadSum {
    requireNonNull(table, "table");
    requireNonNull(loadId, "loadId");
    requireNonNull(loadedAt, "loadedAt");
  }
}
