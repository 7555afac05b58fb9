package io.sluice.loader.load;

import io.sluice.loader.plan.BatchId;

/** Listens to loads that are to go well, and waits for no missing file. */
public final class QuietListener implements LoadListener {
  @Override
  public void settled(LoadOutcome outcome) {
    // The ledger has it.
  }

  @Override
  public boolean mayStillCome(BatchId batch) {
    return false;
  }

  @Override
  public void refused(BatchId batch, LoadException reason) {
    throw reason;
  }
}
