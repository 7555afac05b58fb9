package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.DataFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.BadFile;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.LedgerRow;
import io.sluice.loader.warehouse.LoadError;
import java.util.List;

/**
 * A data file of which something cannot be loaded: it stays in S3, and the ledger says why.
 *
 * @param extent all of it, or those rows that are in error
 * @param errors why: of a file as a whole one reason, else one for each row; never empty
 */
public record QuarantinedFile(BatchId batch, DataFile file, Extent extent, List<LoadError> errors) {
  public QuarantinedFile {
    requireNonNull(batch, "batch");
    requireNonNull(file, "file");
    requireNonNull(extent, "extent");
    errors = List.copyOf(errors);
    if (errors.isEmpty()) {
      throw new IllegalArgumentException(file.key() + " is in quarantine without a reason");
    }
  }

  /** Nothing of the file is loaded. */
  static QuarantinedFile whole(BatchId batch, DataFile file, LoadError error) {
    return new QuarantinedFile(batch, file, Extent.FILE, List.of(error));
  }

  /** The same, as somebody has decided before. */
  static QuarantinedFile givenUp(BatchId batch, DataFile file, LoadError reason) {
    return new QuarantinedFile(batch, file, Extent.GIVEN_UP, List.of(reason));
  }

  /** All is loaded but these rows. */
  static QuarantinedFile rows(BatchId batch, DataFile file, List<LoadError> errors) {
    return new QuarantinedFile(batch, file, Extent.ROWS, errors);
  }

  /** The reason, of several the first. */
  public LoadError error() {
    return errors.get(0);
  }

  /** How many rows are not in the table. */
  public long rowCount() {
    return extent.isWhole() ? file.rows() : errors.size();
  }

  /** Its row in the ledger, beside that of its batch. */
  LedgerRow ledgerRow(LedgerRow ofBatch) {
    return ofBatch.about(
        new BadFile(file.key(), error(), extent),
        rowCount(),
        extent.isWhole() ? file.bytes() : 0,
        extent.isWhole() ? 1 : 0);
  }
}
