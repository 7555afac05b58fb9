package io.sluice.loader.daemon;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Ledger;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what no message announced: compares the manifest log of one batch folder with the ledger.
 *
 * <p>It goes through the log from the number up to which everything is known to be loaded, in
 * stretches of a bounded size, and remembers only the batches that the ledger does not have yet;
 * when these are too many it stops there until some are loaded. A batch whose message is merely on
 * its way may be picked up too: its message then joins it, or meets the ledger.
 *
 * <p>One thread, except for {@link #backlog}.
 */
final class CatchUp {
  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  /** How many manifests are read before the ledger is asked about them. */
  private static final int STRETCH = 500;

  private final BatchFolder folder;
  private final BatchFolders folders;
  private final Ledger ledger;
  private final Map<TableName, Backlog> backlogs;
  private final InstantSource clock;
  private final int mostMissing;

  /** Not in the ledger when it was asked last. */
  private final Map<BatchId, PendingBatch> missing = new LinkedHashMap<>();

  private final Set<Long> unreadable = new TreeSet<>();
  private Map<TableName, Long> progress;
  private long scanned;
  private volatile LogBacklog backlog;

  /** {@code mostMissing} bounds the memory. */
  CatchUp(
      BatchFolder folder,
      BatchFolders folders,
      Ledger ledger,
      Map<TableName, Backlog> backlogs,
      InstantSource clock,
      int mostMissing) {
    this.folder = folder;
    this.folders = folders;
    this.ledger = ledger;
    this.backlogs = backlogs;
    this.clock = clock;
    this.mostMissing = mostMissing;
    this.backlog = new LogBacklog(folder, 0, 0, 0);
  }

  BatchFolder folder() {
    return folder;
  }

  /** What the last pass found to be not loaded yet; from any thread. */
  LogBacklog backlog() {
    return backlog;
  }

  /** Compares once. What fails is tried again by the next pass. */
  void pass() {
    try {
      begin();
      recheck();
      scan();
      offer();
      save();
    } catch (WarehouseException | ObjectStoreException e) {
      log.warn("cannot compare {} with the ledger, trying again: {}", folder, e.getMessage());
    }
  }

  private void begin() {
    if (progress == null) {
      Map<TableName, Long> saved = ledger.progress(folder);
      Map<TableName, Long> known = new TreeMap<>();
      backlogs.keySet().forEach(table -> known.put(table, saved.getOrDefault(table, 0L)));
      scanned = known.values().stream().mapToLong(Long::longValue).min().orElse(0);
      progress = known;
    }
  }

  private void recheck() {
    ledger.loaded(missing.keySet()).forEach(missing::remove);
    for (long number : List.copyOf(unreadable)) {
      Optional<List<PendingBatch>> batches = batches(number);
      if (batches.isPresent()) {
        addAbsent(batches.get());
        // Only now: what is not in here any more is never looked at again.
        unreadable.remove(number);
      }
    }
  }

  private void scan() {
    long last = folders.lastNumber(folder);
    while (scanned < last && missing.size() < mostMissing) {
      long end = Math.min(last, scanned + STRETCH);
      List<PendingBatch> found = new ArrayList<>();
      Set<Long> skipped = new TreeSet<>();
      for (long number = scanned + 1; number <= end; number++) {
        Optional<List<PendingBatch>> batches = batches(number);
        batches.ifPresent(found::addAll);
        if (batches.isEmpty()) {
          skipped.add(number);
        }
      }
      addAbsent(found);
      unreadable.addAll(skipped);
      scanned = end;
    }
    backlog = new LogBacklog(folder, missing.size(), last - scanned, unreadable.size());
  }

  /**
   * The batches of a manifest that this loader may have to load; a takeover has none. Empty when
   * this one manifest cannot be had: it must not keep the others back, nor be forgotten.
   */
  private Optional<List<PendingBatch>> batches(long number) {
    try {
      Optional<List<PendingBatch>> batches =
          folders.manifest(folder, number).map(manifest -> batches(number, manifest));
      if (batches.isEmpty()) {
        log.error("manifest {} of {} is missing from its log: restore it", number, folder);
      }
      return batches;
    } catch (ContractException e) {
      log.error("what manifest {} announces stays unloaded: {}", number, e.getMessage());
      return Optional.empty();
    } catch (ObjectStoreException e) {
      if (e.isTransient()) {
        throw e;
      }
      log.error("what manifest {} announces stays unloaded: {}", number, e.getMessage());
      return Optional.empty();
    }
  }

  private List<PendingBatch> batches(long number, Manifest manifest) {
    return manifest.batches().stream()
        .filter(batch -> isAhead(batch.table(), number))
        .map(batch -> PendingBatch.of(folder, manifest, batch, clock.instant()))
        .toList();
  }

  private boolean isAhead(TableName table, long number) {
    Long known = progress.get(table);
    return known != null && number > known;
  }

  private void addAbsent(List<PendingBatch> found) {
    Set<BatchId> loaded = ledger.loaded(found.stream().map(PendingBatch::id).toList());
    found.stream()
        .filter(batch -> !loaded.contains(batch.id()))
        .forEach(batch -> missing.put(batch.id(), batch));
  }

  /** Offers everything again each time, for a full backlog may have room now. */
  private void offer() {
    long picked = 0;
    for (PendingBatch batch : missing.values()) {
      if (backlogs.get(batch.id().table()).offer(batch) == Backlog.Offer.HELD) {
        picked++;
      }
    }
    if (picked > 0) {
      log.info("picked up {} batches of {} from the manifest log", picked, folder);
    }
  }

  /** Everything below the first batch that is missing, or manifest that cannot be read, is done. */
  private void save() {
    long readable = unreadable.stream().mapToLong(n -> n - 1).min().orElse(Long.MAX_VALUE);
    Map<TableName, Long> now = new TreeMap<>();
    progress.keySet().forEach(table -> now.put(table, Math.min(scanned, readable)));
    missing
        .keySet()
        .forEach(id -> now.merge(id.table(), id.manifest() - 1, (a, b) -> Math.min(a, b)));
    Map<TableName, Long> grown = new TreeMap<>(now);
    grown.entrySet().removeIf(entry -> entry.getValue() <= progress.get(entry.getKey()));
    if (!grown.isEmpty()) {
      ledger.saveProgress(folder, grown);
      progress.putAll(grown);
    }
  }
}
