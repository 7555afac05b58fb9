package io.sluice.loader.load;

import io.sluice.loader.plan.BatchId;

/** Hears what becomes of the batches of a load, as soon as it is certain. */
public interface LoadListener {
  /** These batches are in the ledger. */
  void settled(LoadOutcome outcome);

  /** This batch cannot be loaded as it is; nothing of it is in the table. */
  void refused(BatchId batch, LoadException reason);
}
