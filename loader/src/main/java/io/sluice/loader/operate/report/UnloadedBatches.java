package io.sluice.loader.operate.report;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LedgerCursor;
import io.sluice.loader.operate.LogReader;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.Warehouse;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the manifest logs have and the ledger has not: log and ledger are read side by side from
 * where everything is known to be loaded, as catch-up has noted it. Changes nothing, and its memory
 * does not grow with the logs.
 */
final class UnloadedBatches {
  private final BatchFolders folders;
  private final Warehouse warehouse;
  private final Set<TableName> tables;

  UnloadedBatches(BatchFolders folders, Warehouse warehouse, Set<TableName> tables) {
    this.folders = folders;
    this.warehouse = warehouse;
    this.tables = Set.copyOf(tables);
  }

  /**
   * Reads one folder.
   *
   * @param each is given the batches in the order of their manifests, held since their manifest was
   *     written
   * @return how many manifests cannot be read: what they name is not known
   */
  long read(BatchFolder folder, Consumer<PendingBatch> each) {
    Map<TableName, Long> progress = warehouse.ledger().progress(folder);
    long done =
        tables.stream().mapToLong(table -> progress.getOrDefault(table, 0L)).min().orElse(0);
    long expected = done + 1;
    long unreadable = 0;
    try (LogReader log = new LogReader(folders, folder, expected, Long.MAX_VALUE);
        Stream<LedgerEntry> entries =
            warehouse.history().entries(folder, tables, expected, Long.MAX_VALUE)) {
      LedgerCursor ledger = new LedgerCursor(entries);
      while (log.hasNext()) {
        LogReader.Entry entry = log.next();
        unreadable += entry.number() - expected + (entry.manifest().isEmpty() ? 1 : 0);
        expected = entry.number() + 1;
        ledger.skipTo(entry.number());
        Set<TableName> loaded =
            ledger.of(entry.number()).stream()
                .filter(row -> row.state() == State.LOADED)
                .map(LedgerEntry::table)
                .collect(Collectors.toSet());
        entry.manifest().ifPresent(manifest -> tell(folder, manifest, progress, loaded, each));
      }
    }
    return unreadable;
  }

  /** Says that what so many manifests name is not known, if there are any. */
  static void note(BatchFolder folder, long unreadable, Consumer<String> notes) {
    if (unreadable > 0) {
      notes.accept(
          "%d manifests of %s are missing or cannot be read, what they name is not counted: run sluice-loader reconcile"
              .formatted(unreadable, folder));
    }
  }

  private void tell(
      BatchFolder folder,
      Manifest manifest,
      Map<TableName, Long> progress,
      Set<TableName> loaded,
      Consumer<PendingBatch> each) {
    for (Batch batch : manifest.batches()) {
      TableName table = batch.table();
      boolean ahead = manifest.number() > progress.getOrDefault(table, 0L);
      if (tables.contains(table) && ahead && !loaded.contains(table)) {
        each.accept(PendingBatch.of(folder, manifest, batch, manifest.createdAt()));
      }
    }
  }
}
