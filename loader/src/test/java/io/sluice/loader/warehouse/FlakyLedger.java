package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A ledger that does not answer about batches while it is told to fail. */
public final class FlakyLedger implements Ledger {
  private final Ledger ledger;
  private boolean failing;
  private int failures;

  public FlakyLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Fails from now on, or answers again. */
  public void fail(boolean fails) {
    failing = fails;
  }

  /** Fails so many questions. */
  public void failNext(int questions) {
    failures = questions;
  }

  @Override
  public Set<BatchId> loaded(Collection<BatchId> ids) {
    if (!ids.isEmpty() && (failing || failures-- > 0)) {
      throw new WarehouseException(FailureKind.TRANSIENT, "no answer", "wait", null);
    }
    return ledger.loaded(ids);
  }

  @Override
  public Map<TableName, Long> progress(BatchFolder folder) {
    return ledger.progress(folder);
  }

  @Override
  public void saveProgress(BatchFolder folder, Map<TableName, Long> progress) {
    ledger.saveProgress(folder, progress);
  }
}
