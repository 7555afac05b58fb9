package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LogReader;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.LedgerHistory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a part of a manifest log beside the ledger, and parts its batches into those that the
 * ledger has and those that it has not. The ledger is asked in stretches, each on a session of its
 * own, for between two of them hours of loading may pass; what is loaded meanwhile the load itself
 * will see. One thread.
 */
final class MissingBatches {
  /** Manifests a question to the ledger. */
  private static final int STRETCH = 1000;

  private final BatchFolders folders;
  private final LedgerHistory history;
  private final Map<TableName, TableName> tables;
  private final Retries retries;

  /** {@code tables} has the table that is loaded by the one that manifests name. */
  MissingBatches(
      BatchFolders folders,
      LedgerHistory history,
      Map<TableName, TableName> tables,
      Retries retries) {
    this.folders = folders;
    this.history = history;
    this.tables = new TreeMap<>(tables);
    this.retries = retries;
  }

  /** Hears of what is read, in the order of the log. */
  interface Taker {
    /** Whether to read on. */
    boolean goesOn();

    /** The ledger has this batch of that table. */
    void known(TableName table);

    /** The ledger has it not. */
    void missing(SourceBatch batch) throws InterruptedException;

    /** Nobody can tell what this manifest has. */
    void unreadable(BackfillRange range, long manifest, String problem);

    /** This manifest is done with. */
    void read();
  }

  /**
   * Reads a range.
   *
   * @return whether it was read to its end
   * @throws IllegalArgumentException when the log itself has batches of a table that others are to
   *     be loaded into
   */
  boolean read(BackfillRange range, Taker taker) throws InterruptedException {
    if (range.manifests().isEmpty()) {
      return true;
    }
    Set<BatchId> loaded = Set.of();
    long known = 0;
    try (LogReader log =
        new LogReader(
            folders, range.folder(), range.manifests().first(), range.manifests().last())) {
      while (taker.goesOn() && log.hasNext()) {
        LogReader.Entry entry = log.next();
        if (entry.number() > known) {
          known = Math.min(range.manifests().last(), entry.number() + STRETCH - 1);
          long first = entry.number();
          long last = known;
          loaded = retries.get(() -> loaded(range, first, last));
        }
        if (entry.manifest().isPresent()) {
          read(range, entry.manifest().get(), loaded, taker);
        } else {
          taker.unreadable(range, entry.number(), entry.problem());
        }
        taker.read();
      }
      return !log.hasNext();
    }
  }

  private Set<BatchId> loaded(BackfillRange range, long first, long last) {
    try (Stream<LedgerEntry> entries =
        history.entries(range.folder(), tables.values(), first, last)) {
      return entries
          .filter(entry -> entry.state() == State.LOADED)
          .map(entry -> new BatchId(range.folder(), entry.manifest(), entry.table()))
          .collect(Collectors.toSet());
    }
  }

  private void read(BackfillRange range, Manifest manifest, Set<BatchId> loaded, Taker taker)
      throws InterruptedException {
    for (Batch batch : manifest.batches()) {
      TableName table = tables.get(batch.table());
      if (table == null) {
        requireNoOthers(range, manifest, batch.table());
        continue;
      }
      BatchId id = new BatchId(range.folder(), manifest.number(), table);
      if (loaded.contains(id)) {
        taker.known(table);
      } else {
        taker.missing(new SourceBatch(id, manifest.batchTime(), manifest.createdAt(), batch));
      }
    }
  }

  /** Two batches would be one in the ledger. */
  private void requireNoOthers(BackfillRange range, Manifest manifest, TableName table) {
    if (tables.containsValue(table)) {
      throw new IllegalArgumentException(
          "manifest %d of %s has a batch of %s itself: load into a table that no writer knows"
              .formatted(manifest.number(), range.folder(), table));
    }
  }
}
