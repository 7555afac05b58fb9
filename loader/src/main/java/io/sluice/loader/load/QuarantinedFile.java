package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.DataFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LoadError;

/** A data file that cannot be loaded: it stays in S3, and the ledger says why. */
public record QuarantinedFile(BatchId batch, DataFile file, LoadError error) {
  public QuarantinedFile {
    requireNonNull(batch, "batch");
    requireNonNull(file, "file");
    requireNonNull(error, "error");
  }
}
