package io.sluice.loader.operate.reconcile;

import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Holds a batch against its rows in the ledger: loaded once, and all of it accounted for. */
final class BatchCheck {
  private final Reconciliation result;
  private final Consumer<Difference> differences;
  private final Instant settled;

  /**
   * A check of batches.
   *
   * @param result is counted up
   * @param settled batches of manifests after this may be on their way
   */
  BatchCheck(Reconciliation result, Consumer<Difference> differences, Instant settled) {
    this.result = result;
    this.differences = differences;
    this.settled = settled;
  }

  /** {@code entries} are its rows in the ledger. */
  void check(SourceBatch batch, List<LedgerEntry> entries) {
    result.batches++;
    result.rows += batch.rows();
    List<LedgerEntry> loads = entries.stream().filter(e -> e.state() == State.LOADED).toList();
    if (loads.isEmpty() && entries.isEmpty() && batch.createdAt().isAfter(settled)) {
      result.batchesWaiting++;
      result.rowsWaiting += batch.rows();
      return;
    }
    if (loads.isEmpty()) {
      tell(
          Kind.NOT_LOADED,
          batch,
          "%s of %s, %d rows, is not in the ledger"
              .formatted(batch.id(), batch.batchTime(), batch.rows()));
      return;
    }
    count(entries);
    if (loads.size() > 1) {
      tell(
          Kind.LOADED_TWICE,
          batch,
          "%s is in the ledger %d times, by the loads %s"
              .formatted(
                  batch.id(), loads.size(), loads.stream().map(LedgerEntry::loadId).toList()));
      return;
    }
    checkSums(batch, entries);
  }

  private void count(List<LedgerEntry> entries) {
    result.batchesLoaded++;
    for (LedgerEntry entry : entries) {
      if (entry.state().isLoaded()) {
        result.rowsLoaded += entry.rows();
      } else {
        result.rowsSetAside += entry.rows();
      }
    }
  }

  private void checkSums(SourceBatch batch, List<LedgerEntry> entries) {
    long rows = entries.stream().mapToLong(LedgerEntry::rows).sum();
    long bytes = entries.stream().mapToLong(LedgerEntry::bytes).sum();
    long files = entries.stream().mapToLong(LedgerEntry::files).sum();
    if (rows != batch.rows() || bytes != batch.bytes() || files != batch.files().size()) {
      tell(
          Kind.LEDGER_DIFFERS,
          batch,
          "%s has %d rows, %d bytes, %d files in the manifest, and %d, %d, %d in the ledger"
              .formatted(
                  batch.id(),
                  batch.rows(),
                  batch.bytes(),
                  batch.files().size(),
                  rows,
                  bytes,
                  files));
    }
  }

  private void tell(Kind kind, SourceBatch batch, String what) {
    differences.accept(Difference.of(kind, batch.id(), what));
  }
}
