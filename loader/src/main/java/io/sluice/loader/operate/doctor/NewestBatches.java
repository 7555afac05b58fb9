package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The end of each manifest log, read once for all tables. One thread. A manifest that cannot be
 * read is left out: reconcile tells of it.
 */
final class NewestBatches {
  /** Manifests a folder: the last hours, in a few seconds. */
  private static final long LOOKED_AT = 200;

  private final BatchFolders folders;
  private final Collection<BatchFolder> looked;
  private final Map<TableName, List<SourceBatch>> byTable = new HashMap<>();
  private boolean read;

  NewestBatches(BatchFolders folders, Collection<BatchFolder> looked) {
    this.folders = folders;
    this.looked = List.copyOf(looked);
  }

  /** The newest batch of a table. */
  Optional<SourceBatch> of(TableName table) {
    return batches(table).stream().max(Comparator.comparing(SourceBatch::createdAt));
  }

  /** The oldest batch of a table that the ledger has not. */
  Optional<SourceBatch> oldestNotLoaded(TableName table, Ledger ledger) {
    List<SourceBatch> batches = batches(table);
    Set<BatchId> loaded = ledger.loaded(batches.stream().map(SourceBatch::id).toList());
    return batches.stream()
        .filter(batch -> !loaded.contains(batch.id()))
        .min(Comparator.comparing(SourceBatch::createdAt));
  }

  /** The tables that have any. */
  Set<TableName> tables() {
    return new TreeSet<>(all().keySet());
  }

  private List<SourceBatch> batches(TableName table) {
    return all().getOrDefault(table, List.of());
  }

  private Map<TableName, List<SourceBatch>> all() {
    if (!read) {
      looked.forEach(this::read);
      read = true;
    }
    return byTable;
  }

  private void read(BatchFolder folder) {
    long last = folders.lastNumber(folder);
    for (long number = Math.max(1, last - LOOKED_AT + 1); number <= last; number++) {
      manifest(folder, number).ifPresent(manifest -> add(folder, manifest));
    }
  }

  private Optional<Manifest> manifest(BatchFolder folder, long number) {
    try {
      return folders.manifest(folder, number);
    } catch (ContractException e) {
      return Optional.empty();
    }
  }

  private void add(BatchFolder folder, Manifest manifest) {
    manifest
        .batches()
        .forEach(
            batch ->
                byTable
                    .computeIfAbsent(batch.table(), table -> new ArrayList<>())
                    .add(
                        new SourceBatch(
                            new BatchId(folder, manifest.number(), batch.table()),
                            manifest.batchTime(),
                            manifest.createdAt(),
                            batch)));
  }
}
