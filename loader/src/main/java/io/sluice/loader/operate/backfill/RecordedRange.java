package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.RecordedLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** Takes loads that must not be told apart, for some of them brought files of one batch. */
  @FunctionalInterface
  interface FamilyTaker {
    void take(List<RecordedLoad> family) throws InterruptedException;
  }

  /** Gives each load once, about in the order of its batches. */
  void forEach(Taker taker) throws InterruptedException {
    forEachFamily(
        family -> {
          for (RecordedLoad load : family) {
            taker.take(load);
          }
        });
  }

  /** The same by families: most are of one load. */
  void forEachFamily(FamilyTaker taker) throws InterruptedException {
    LogRange manifests = range.manifests();
    for (long first = manifests.first(); first <= manifests.last(); first += STRETCH) {
      long last = Math.min(manifests.last(), first + STRETCH - 1);
      List<RecordedLoad> taken = new ArrayList<>();
      for (RecordedLoad load : loads(first, last)) {
        long begin = firstInRange(load);
        if (begin < first || begin > last) {
          continue;
        }
        if (load.committedAt().isBefore(before)) {
          taken.add(load);
        } else {
          later++;
        }
      }
      for (List<RecordedLoad> family : families(taken)) {
        taker.take(family);
      }
    }
  }

  private static Collection<List<RecordedLoad>> families(List<RecordedLoad> loads) {
    Map<BatchId, List<RecordedLoad>> byBatch = new LinkedHashMap<>();
    for (RecordedLoad load : loads) {
      Set<List<RecordedLoad>> relatives = Collections.newSetFromMap(new IdentityHashMap<>());
      load.batches().stream().map(byBatch::get).filter(Objects::nonNull).forEach(relatives::add);
      List<RecordedLoad> family = new ArrayList<>();
      relatives.forEach(family::addAll);
      family.add(load);
      family.forEach(member -> member.batches().forEach(batch -> byBatch.put(batch, family)));
    }
    Set<List<RecordedLoad>> once = Collections.newSetFromMap(new IdentityHashMap<>());
    return byBatch.values().stream().filter(once::add).toList();
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
