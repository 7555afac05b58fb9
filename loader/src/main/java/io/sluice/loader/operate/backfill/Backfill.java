package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.Loader;
import io.sluice.loader.operate.StopSignal;
import io.sluice.loader.operate.backfill.BackfillListener.Progress;
import io.sluice.loader.operate.backfill.BackfillResult.State;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.MissingRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Loads what the manifest log has and the ledger has not, by the same loads as the daemon's, which
 * may run meanwhile: the lock and the ledger see to it that each batch is loaded once. It keeps no
 * state: whoever runs it again goes on where it ended, however it ended.
 *
 * <p>The thread that calls {@link #run} reads the log, a thread for each table loads. {@link #stop}
 * and {@link #abandon} come from others.
 */
public final class Backfill {
  /** How young a manifest is whose files may still be on their way. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final BatchFolders folders;
  private final LedgerHistory history;
  private final List<BackfillTarget> targets;
  private final InstantSource clock;
  private final BackfillListener listener;
  private final StopSignal stop = new StopSignal();
  private final TableLoads.Surroundings around;
  private final Map<TableName, BackfillTally> tallies = new LinkedHashMap<>();
  private Instant begun;
  private volatile LogPass pass;
  private volatile PlannedLoads planned;

  /**
   * How it is done.
   *
   * @param maxConcurrency how many tables load at the same time
   * @param patience for how long a load is tried again while what it fails of passes by itself
   */
  public record Options(int maxConcurrency, Duration patience) {}

  /** {@code random} is shared by threads. */
  public Backfill(
      BatchFolders folders,
      LedgerHistory history,
      List<BackfillTarget> targets,
      Options options,
      BackfillListener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.folders = folders;
    this.history = history;
    this.targets = List.copyOf(targets);
    this.listener = listener;
    this.clock = clock;
    targets.forEach(target -> tallies.put(target.table(), new BackfillTally(target.table())));
    this.around =
        new TableLoads.Surroundings(
            stop,
            new Semaphore(options.maxConcurrency(), true),
            options.patience(),
            clock,
            random,
            GRACE,
            listener,
            this::tell);
  }

  /** What {@link #run} would load; changes nothing. */
  public List<BackfillPreview> preview(List<BackfillRange> ranges) throws InterruptedException {
    Map<TableName, PreviewCount> counts = new LinkedHashMap<>();
    targets.forEach(
        target -> counts.put(target.table(), new PreviewCount(target.table(), target.policy())));
    begin(ranges)
        .read(
            new LogPass.Sink() {
              @Override
              public void known(TableName table) {
                counts.get(table).addKnown();
              }

              @Override
              public void missing(SourceBatch batch) {
                counts.get(batch.id().table()).add(batch);
              }
            },
            () -> true);
    return counts.values().stream().map(PreviewCount::preview).toList();
  }

  /**
   * Replaces what is loaded in these ranges.
   *
   * @param before leaves out what was committed then or later
   * @param missing whether rows that are replaced may be gone
   */
  public void reload(List<BackfillRange> ranges, Instant before, MissingRows missing)
      throws InterruptedException {
    begin(ranges);
    List<TableThread> threads = new ArrayList<>();
    for (BackfillTarget target : targets) {
      TableLoads loads = loads(target);
      threads.add(
          TableThread.start(
              loads,
              () -> new Reloading(folders, history, target, loads, before, missing).run(ranges)));
    }
    TableThread.join(threads);
  }

  /**
   * Loads what is missing in these ranges.
   *
   * @return a row for each table, in the order of the targets
   */
  public List<BackfillResult> run(List<BackfillRange> ranges) throws InterruptedException {
    LogPass log = begin(ranges);
    Map<TableName, LoadPolicy> policies = new LinkedHashMap<>();
    targets.forEach(target -> policies.put(target.table(), target.policy()));
    PlannedLoads loads = new PlannedLoads(policies);
    planned = loads;
    List<TableThread> threads =
        targets.stream()
            .map(target -> loads(target))
            .map(table -> TableThread.start(table, () -> load(table, loads)))
            .toList();
    try {
      log.read(new Planning(loads), () -> !stop.isAsked() && !loads.isDeserted());
    } finally {
      loads.end();
      TableThread.join(threads);
    }
    if (log.hasReadAll()) {
      tallies.values().forEach(BackfillTally::offeredAll);
    } else {
      tallies.values().forEach(tally -> tally.end(State.FAILED));
    }
    tell();
    Duration duration = Duration.between(begun, clock.instant());
    return tallies.values().stream().map(tally -> tally.result(duration)).toList();
  }

  /** Whether manifests were there that could not be read, so that nobody knows what is left. */
  public boolean hasUnreadable() {
    return pass.hasUnreadable();
  }

  /** Whether the whole of the ranges was read. */
  public boolean hasReadAll() {
    return pass.hasReadAll();
  }

  /** Begins no load any more; those in hand are finished. */
  public void stop() {
    stop.ask();
    tallies.values().forEach(tally -> tally.end(State.STOPPED));
    PlannedLoads loads = planned;
    if (loads != null) {
      targets.forEach(target -> leave(target.table(), loads));
    }
  }

  /** Breaks off the loads in hand. */
  public void abandon() {
    targets.stream().map(BackfillTarget::loader).forEach(Loader::abandon);
  }

  private LogPass begin(List<BackfillRange> ranges) {
    begun = begun == null ? clock.instant() : begun;
    Map<TableName, TableName> tables = new LinkedHashMap<>();
    targets.forEach(target -> tables.put(target.source(), target.table()));
    pass = new LogPass(folders, history, tables, ranges, listener, around.random());
    return pass;
  }

  private TableLoads loads(BackfillTarget target) {
    return new TableLoads(target, tallies.get(target.table()), around);
  }

  /** Until no load follows, or the table's end. */
  private void load(TableLoads table, PlannedLoads loads) throws InterruptedException {
    try {
      Optional<List<SourceBatch>> next = loads.take(table.table());
      while (next.isPresent()) {
        table.load(next.get());
        next = table.tally().hasEnded() ? Optional.empty() : loads.take(table.table());
      }
    } finally {
      leave(table.table(), loads);
    }
  }

  private void leave(TableName table, PlannedLoads loads) {
    tallies.get(table).left(loads.leave(table));
  }

  private void tell() {
    LogPass log = pass;
    long decided = tallies.values().stream().mapToLong(BackfillTally::decided).sum();
    long rows = tallies.values().stream().mapToLong(BackfillTally::rows).sum();
    listener.progressed(
        new Progress(log.manifestsLeft(), log.manifestsRead(), log.found(), decided, rows));
  }

  private final class Planning implements LogPass.Sink {
    private final PlannedLoads loads;

    private Planning(PlannedLoads loads) {
      this.loads = loads;
    }

    @Override
    public void known(TableName table) {
      tallies.get(table).known(1);
    }

    @Override
    public void missing(SourceBatch batch) throws InterruptedException {
      if (!loads.add(batch)) {
        tallies.get(batch.id().table()).left(1);
      }
    }

    @Override
    public void read() {
      tell();
    }
  }
}
