package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.RecordedLoad;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The loads of one table that have batches in a part of a log. Read in stretches, so that the
 * memory does not grow with the part: a load belongs to the stretch with its first batch in there.
 */
final class RecordedRange {
  private static final int STRETCH = 1000;

  private final LedgerHistory history;
  private final BackfillRange range;
  private final TableName table;
  private final Instant before;
  private long later;

  /** {@code before} leaves out what was committed then or later. */
  RecordedRange(LedgerHistory history, BackfillRange range, TableName table, Instant before) {
    this.history = history;
    this.range = range;
    this.table = table;
    this.before = before;
  }

  /** Takes one load. */
  @FunctionalInterface
  interface Taker {
    void take(RecordedLoad load) throws InterruptedException;
  }

  /** Gives each load once, about in the order of its batches. */
  void forEach(Taker taker) throws InterruptedException {
    LogRange manifests = range.manifests();
    for (long first = manifests.first(); first <= manifests.last(); first += STRETCH) {
      long last = Math.min(manifests.last(), first + STRETCH - 1);
      for (RecordedLoad load : loads(first, last)) {
        long begin = firstInRange(load);
        if (begin < first || begin > last) {
          continue;
        }
        if (load.committedAt().isBefore(before)) {
          taker.take(load);
        } else {
          later++;
        }
      }
    }
  }

  /** How many loads were left out so far, for they were committed later. */
  long later() {
    return later;
  }

  private List<RecordedLoad> loads(long first, long last) {
    TreeSet<String> ids = new TreeSet<>();
    try (Stream<LedgerEntry> entries =
        history.entries(range.folder(), List.of(table), first, last)) {
      // A file that was in quarantine is in the table by a load of its own.
      entries.forEach(entry -> ids.add(entry.loadId()));
    }
    return history.loads(table, ids).stream()
        .sorted(Comparator.comparingLong(this::firstInRange))
        .toList();
  }

  private long firstInRange(RecordedLoad load) {
    return load.batches().stream()
        .filter(batch -> range.contains(batch.folder(), batch.manifest()))
        .mapToLong(batch -> batch.manifest())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
