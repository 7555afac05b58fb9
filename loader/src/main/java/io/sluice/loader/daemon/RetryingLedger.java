package io.sluice.loader.daemon;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.Ledger;
import io.sluice.loader.warehouse.WarehouseException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A ledger that is asked again when what fails may pass: catch-up would wait a whole interval
 * otherwise, at the start too, when it is what finds the batches of a loader that died.
 */
final class RetryingLedger implements Ledger {
  private final Ledger ledger;
  private final Retries retries;

  RetryingLedger(Ledger ledger, Retries retries) {
    this.ledger = ledger;
    this.retries = retries;
  }

  /** Whether a question to the ledger may be answered when it is asked again. */
  static boolean passes(Throwable failure) {
    return failure instanceof WarehouseException warehouse
        && warehouse.kind() == FailureKind.TRANSIENT;
  }

  @Override
  public Set<BatchId> loaded(Collection<BatchId> ids) {
    return retries.get(() -> ledger.loaded(ids));
  }

  @Override
  public Map<TableName, Long> progress(BatchFolder folder) {
    return retries.get(() -> ledger.progress(folder));
  }

  @Override
  public void saveProgress(BatchFolder folder, Map<TableName, Long> progress) {
    retries.run(() -> ledger.saveProgress(folder, progress));
  }
}
