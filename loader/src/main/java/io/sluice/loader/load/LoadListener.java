package io.sluice.loader.load;

import io.sluice.loader.plan.BatchId;

/** Hears what becomes of the batches of a load, as soon as it is certain. */
public interface LoadListener {
  /** These batches are in the ledger. */
  void settled(LoadOutcome outcome);

  /**
   * Whether files of this batch that S3 has not may still come. While they may, the batch is
   * refused as a whole; then the files go to quarantine.
   */
  boolean mayStillCome(BatchId batch);

  /** This batch cannot be loaded now; nothing of it is in the table. */
  void refused(BatchId batch, LoadException reason);
}
