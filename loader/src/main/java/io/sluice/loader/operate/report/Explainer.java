package io.sluice.loader.operate.report;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.Loader;
import io.sluice.loader.operate.report.Explanation.Decision;
import io.sluice.loader.operate.report.Explanation.PlannedCopy;
import io.sluice.loader.operate.report.TableStatus.Waiting;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.LedgerSums.Newest;
import io.sluice.loader.warehouse.LoadPreview;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.warehouse.Pause;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Tells what would be loaded now and why, without doing any of it: no COPY manifest is written, no
 * lock is taken. It plans as a loader that has known of every batch since its manifest was written.
 */
public final class Explainer {
  /** Stands where the load's own name would. */
  private static final String LOAD_ID = "<load id>";

  /** How far back past loads are taken for alike. */
  private static final Duration PAST = Duration.ofDays(1);

  private final BatchFolders folders;
  private final Warehouse warehouse;
  private final Map<TableName, TableRules> tables;
  private final InstantSource clock;

  /** An explainer of these tables. */
  public Explainer(
      BatchFolders folders,
      Warehouse warehouse,
      Map<TableName, TableRules> tables,
      InstantSource clock) {
    this.folders = folders;
    this.warehouse = warehouse;
    this.tables = new LinkedHashMap<>(tables);
    this.clock = clock;
  }

  /**
   * One explanation a table, in their order.
   *
   * @param notes hears of what cannot be told
   */
  public List<Explanation> explain(Consumer<String> notes) {
    Map<TableName, Front> fronts = fronts(notes);
    Instant now = clock.instant();
    Map<TableName, Newest> newest = warehouse.sums().newest(tables.keySet());
    Map<TableName, Pause> pauses = warehouse.pauses().all();
    List<Explanation> explanations = new ArrayList<>();
    tables.forEach(
        (table, rules) -> {
          List<PastLoad> past = past(table, Optional.ofNullable(newest.get(table)));
          Front front = fronts.get(table);
          NextLoad next = NextLoad.plan(front.batches(), rules.policy(), past, now);
          explanations.add(
              held(
                  new Explanation(
                      table,
                      next.decision(),
                      next.why(),
                      front.waiting,
                      copies(table, next.batches(), past)),
                  Optional.ofNullable(pauses.get(table)),
                  rules.closedUntil(now)));
        });
    return explanations;
  }

  private Map<TableName, Front> fronts(Consumer<String> notes) {
    Map<TableName, Front> fronts = new HashMap<>();
    tables.forEach((table, rules) -> fronts.put(table, new Front(rules.policy().maxBatches() + 1)));
    UnloadedBatches unloaded = new UnloadedBatches(folders, warehouse, tables.keySet());
    for (BatchFolder folder : folders.all()) {
      UnloadedBatches.note(
          folder, unloaded.read(folder, batch -> fronts.get(batch.id().table()).add(batch)), notes);
    }
    return fronts;
  }

  /** What keeps a load back that could begin. */
  private static Explanation held(
      Explanation plan, Optional<Pause> pause, Optional<Instant> closedUntil) {
    if (pause.isPresent()) {
      String why =
          "paused by %s since %s: %s"
              .formatted(pause.get().by(), pause.get().since(), pause.get().reason());
      return new Explanation(plan.table(), Decision.PAUSED, why, plan.waiting(), plan.copies());
    }
    if (closedUntil.isPresent() && plan.decision() == Decision.LOAD) {
      String why = "a maintenance window is open until " + closedUntil.get();
      return new Explanation(plan.table(), Decision.WINDOW, why, plan.waiting(), plan.copies());
    }
    return plan;
  }

  /** The loads of the last day on which there were any. */
  private List<PastLoad> past(TableName table, Optional<Newest> newest) {
    return newest
        .map(
            last -> {
              Instant end = last.loadedAt().plusSeconds(1);
              return warehouse.sums().loads(List.of(table), end.minus(PAST), end);
            })
        .orElse(List.<LoadSum>of())
        .stream()
        .map(PastLoad::of)
        .toList();
  }

  private List<PlannedCopy> copies(
      TableName table, List<PendingBatch> batches, List<PastLoad> past) {
    Optional<LoadTimeEstimate> estimate = LoadTimeEstimate.of(past);
    List<PlannedCopy> copies = new ArrayList<>();
    for (List<SourceBatch> alike : Loader.alike(read(batches))) {
      copies.add(copy(table, alike, estimate));
    }
    return copies;
  }

  private Collection<SourceBatch> read(List<PendingBatch> batches) {
    List<SourceBatch> read = new ArrayList<>();
    for (int next = 0; next < batches.size(); next++) {
      if (next % BatchFolders.READ_AHEAD == 0) {
        int end = Math.min(batches.size(), next + BatchFolders.READ_AHEAD);
        folders.readAhead(batches.subList(next, end).stream().map(PendingBatch::id).toList());
      }
      read.add(folders.batch(batches.get(next).id()));
    }
    return read;
  }

  private PlannedCopy copy(
      TableName table, List<SourceBatch> batches, Optional<LoadTimeEstimate> estimate) {
    SourceBatch first = batches.get(0);
    List<Column> columns = first.batch().columns();
    String manifest = first.id().folder().uri(BatchFolder.copyManifest(LOAD_ID));
    CopyRequest request = new CopyRequest(manifest, columns, first.batch().format());
    LoadPreview preview = warehouse.preview();
    List<String> drift = preview.drift(table, columns);
    long bytes = batches.stream().mapToLong(SourceBatch::bytes).sum();
    return new PlannedCopy(
        first.id(),
        batches.get(batches.size() - 1).id(),
        batches.size(),
        batches.stream().mapToInt(batch -> batch.files().size()).sum(),
        batches.stream().mapToLong(SourceBatch::rows).sum(),
        bytes,
        estimate.map(past -> past.of(bytes)),
        estimate.map(LoadTimeEstimate::loads).orElse(0),
        manifest,
        preview.statements(table, request),
        drift,
        preview.allowed(table, drift));
  }

  /** What waits for one table: all in sums, and as many batches as its next load may take. */
  private static final class Front {
    private final int most;
    private final TreeSet<PendingBatch> batches = new TreeSet<>();
    private Waiting waiting = Waiting.NOTHING;

    private Front(int most) {
      this.most = most;
    }

    private void add(PendingBatch batch) {
      waiting = waiting.plus(batch.rows(), batch.bytes(), batch.arrivalMin());
      batches.add(batch);
      if (batches.size() > most) {
        batches.pollLast();
      }
    }

    private List<PendingBatch> batches() {
      return List.copyOf(batches);
    }
  }
}
