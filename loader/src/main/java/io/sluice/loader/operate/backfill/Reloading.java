package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.ContractException;
import io.sluice.loader.load.OldLoads;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.LoadSize;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.AsideFiles;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.MissingRows;
import io.sluice.loader.warehouse.RecordedLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces what is loaded of a range, load by load: several old loads that are alike become one new
 * one, as large as the table's policy allows. One table and one thread.
 */
final class Reloading {
  private final BatchFolders folders;
  private final LedgerHistory history;
  private final BackfillTarget target;
  private final TableLoads loads;
  private final Instant before;
  private final MissingRows missing;

  private final Set<String> ids = new LinkedHashSet<>();
  private AsideFiles aside = AsideFiles.NONE;
  private final Map<BatchId, SourceBatch> batches = new LinkedHashMap<>();
  private LoadSize size = LoadSize.EMPTY;

  /** {@code before} leaves out what was committed then or later: that is replaced already. */
  Reloading(
      BatchFolders folders,
      LedgerHistory history,
      BackfillTarget target,
      TableLoads loads,
      Instant before,
      MissingRows missing) {
    this.folders = folders;
    this.history = history;
    this.target = target;
    this.loads = loads;
    this.before = before;
    this.missing = missing;
  }

  void run(List<BackfillRange> ranges) throws InterruptedException {
    for (BackfillRange range : ranges) {
      RecordedRange recorded = new RecordedRange(history, range, target.table(), before);
      recorded.forEachFamily(
          family -> {
            loads.tally().replaced(inRanges(family, ranges));
            add(family);
          });
      if (recorded.later() > 0) {
        loads.say(
            "%d loads of %s by the ledger's clock ended at %s or later and are left as they are: --loaded-before takes another moment"
                .formatted(recorded.later(), target.table(), before));
      }
    }
    flush();
  }

  /** How many batches, each counted once, though several loads brought files of it. */
  private long inRanges(List<RecordedLoad> family, List<BackfillRange> ranges) {
    return family.stream()
        .flatMap(load -> load.batches().stream())
        .distinct()
        .filter(batch -> !batches.containsKey(batch))
        .filter(
            batch ->
                ranges.stream().anyMatch(range -> range.contains(batch.folder(), batch.manifest())))
        .count();
  }

  private void add(List<RecordedLoad> family) throws InterruptedException {
    Optional<List<SourceBatch>> read = read(family);
    if (read.isEmpty()) {
      return;
    }
    if (!ids.isEmpty() && !joins(read.get())) {
      flush();
    }
    family.forEach(
        load -> {
          ids.add(load.id());
          aside = aside.plus(load.aside());
        });
    size = grown(read.get());
    read.get().forEach(batch -> batches.put(batch.id(), batch));
  }

  /** Loads that share a batch go together, however large that is: the batch comes again whole. */
  private boolean joins(List<SourceBatch> read) {
    if (read.stream().anyMatch(batch -> batches.containsKey(batch.id()))) {
      return true;
    }
    boolean alike = batches.values().iterator().next().isAlike(read.get(0));
    return alike && grown(read).isAllowed(target.policy());
  }

  private LoadSize grown(List<SourceBatch> read) {
    LoadSize grown = size;
    for (SourceBatch batch : read) {
      if (!batches.containsKey(batch.id())) {
        grown = grown.plus(batch.files().size(), batch.bytes());
      }
    }
    return grown;
  }

  private void flush() throws InterruptedException {
    if (!ids.isEmpty()) {
      loads.replace(
          new OldLoads(target.table(), ids, List.copyOf(batches.values()), aside, missing));
    }
    ids.clear();
    aside = AsideFiles.NONE;
    batches.clear();
    size = LoadSize.EMPTY;
  }

  /** The batches of these loads, alike; empty when they cannot be loaded as they were. */
  private Optional<List<SourceBatch>> read(List<RecordedLoad> family) {
    Set<BatchId> ids = new LinkedHashSet<>();
    family.forEach(load -> ids.addAll(load.batches()));
    Set<String> replaced = new LinkedHashSet<>();
    family.forEach(load -> replaced.addAll(load.aside().replaced()));
    if (!replaced.isEmpty()) {
      refuse(
          family,
          ids,
          "somebody has replaced " + replaced + ", which have other rows than their manifests say",
          "bring the rows right by hand, or end the range before these batches");
      return Optional.empty();
    }
    try {
      return Optional.of(alike(List.copyOf(ids)));
    } catch (ContractException e) {
      refuse(family, ids, e.getMessage(), "bring the manifest back as its writer left it");
      return Optional.empty();
    }
  }

  private void refuse(List<RecordedLoad> family, Set<BatchId> ids, String reason, String remedy) {
    loads.tally().refused(ids.size());
    loads.say(
        "load %s is not replaced: %s. What to do: %s"
            .formatted(
                family.stream().map(RecordedLoad::id).collect(Collectors.joining(" with ")),
                reason,
                remedy));
  }

  private List<SourceBatch> alike(List<BatchId> ids) {
    List<SourceBatch> read = new ArrayList<>();
    for (int next = 0; next < ids.size(); next++) {
      if (next % BatchFolders.READ_AHEAD == 0) {
        folders.readAhead(ids.subList(next, Math.min(ids.size(), next + BatchFolders.READ_AHEAD)));
      }
      SourceBatch batch = folders.batch(ids.get(next));
      if (!read.isEmpty() && !read.get(0).isAlike(batch)) {
        throw new ContractException(batch.id() + " has other columns than " + ids.get(0));
      }
      read.add(batch);
    }
    return read;
  }
}
