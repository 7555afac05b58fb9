package io.sluice.loader.operate.report;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.RunningLoader;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.intake.QueueDepth;
import io.sluice.loader.operate.report.TableStatus.State;
import io.sluice.loader.operate.report.TableStatus.Waiting;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.LedgerSums;
import io.sluice.loader.warehouse.LedgerSums.Newest;
import io.sluice.loader.warehouse.LedgerSums.SetAside;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.warehouse.Pause;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * How all tables are, asked of the manifest logs, the ledger, the queue and the loader on this
 * machine. Changes nothing. What cannot be had of queue or loader is left out with a note; without
 * logs or ledger there is no status.
 */
public final class Status {
  private static final Duration HOUR = Duration.ofHours(1);

  /** The rows of a load are entered within less. */
  private static final Duration A_LOAD = Duration.ofMinutes(1);

  private final BatchFolders folders;
  private final Warehouse warehouse;
  private final Inbox inbox;
  private final Supplier<Optional<RunningLoader>> loader;
  private final Map<TableName, TableRules> tables;
  private final InstantSource clock;

  /**
   * The status of these tables.
   *
   * @param loader asks the loader on this machine
   */
  public Status(
      BatchFolders folders,
      Warehouse warehouse,
      Inbox inbox,
      Supplier<Optional<RunningLoader>> loader,
      Map<TableName, TableRules> tables,
      InstantSource clock) {
    this.folders = folders;
    this.warehouse = warehouse;
    this.inbox = inbox;
    this.loader = loader;
    this.tables = new LinkedHashMap<>(tables);
    this.clock = clock;
  }

  /** Asks all of them once. */
  public StatusReport report() {
    List<String> notes = new ArrayList<>();
    Map<TableName, Waiting> waiting = waiting(notes);
    Instant now = clock.instant();
    Optional<RunningLoader> running = loader.get();
    Facts facts = facts(now, running);
    List<TableStatus> rows = new ArrayList<>();
    tables.forEach(
        (table, rules) ->
            rows.add(facts.of(table, rules, waiting.getOrDefault(table, Waiting.NOTHING))));
    return new StatusReport(now, depth(notes), running, rows, notes);
  }

  private Map<TableName, Waiting> waiting(List<String> notes) {
    Map<TableName, Waiting> waiting = new HashMap<>();
    UnloadedBatches unloaded = new UnloadedBatches(folders, warehouse, tables.keySet());
    for (BatchFolder folder : folders.all()) {
      long unreadable =
          unloaded.read(
              folder,
              batch ->
                  waiting.compute(
                      batch.id().table(),
                      (table, known) ->
                          (known == null ? Waiting.NOTHING : known)
                              .plus(batch.rows(), batch.bytes(), batch.arrivalMin())));
      UnloadedBatches.note(folder, unreadable, notes::add);
    }
    return waiting;
  }

  private Facts facts(Instant now, Optional<RunningLoader> running) {
    LedgerSums sums = warehouse.sums();
    Map<TableName, Newest> newest = sums.newest(tables.keySet());
    return new Facts(
        now,
        newest,
        loads(sums, newest, now),
        sums.setAside(tables.keySet()),
        warehouse.pauses().all(),
        running);
  }

  /** Those of the last hour; of a table that had none, its last one. */
  private List<LoadSum> loads(LedgerSums sums, Map<TableName, Newest> newest, Instant now) {
    Instant hourAgo = now.minus(HOUR);
    List<LoadSum> loads = new ArrayList<>(sums.loads(tables.keySet(), hourAgo, now.plus(HOUR)));
    newest.forEach(
        (table, last) -> {
          if (last.loadedAt().isBefore(hourAgo)) {
            loads.addAll(
                sums.loads(
                    List.of(table), last.loadedAt().minus(A_LOAD), last.loadedAt().plus(A_LOAD)));
          }
        });
    return loads;
  }

  private Optional<QueueDepth> depth(List<String> notes) {
    try {
      return Optional.of(inbox.depth());
    } catch (InboxException e) {
      notes.add(e.getMessage());
      return Optional.empty();
    }
  }

  private record Facts(
      Instant now,
      Map<TableName, Newest> newest,
      List<LoadSum> loads,
      Map<TableName, SetAside> setAside,
      Map<TableName, Pause> pauses,
      Optional<RunningLoader> running) {
    private TableStatus of(TableName table, TableRules rules, Waiting waiting) {
      List<LoadSum> own = loads.stream().filter(load -> load.table().equals(table)).toList();
      Optional<LoadSum> last =
          own.isEmpty() ? Optional.empty() : Optional.of(own.get(own.size() - 1));
      Optional<String> trouble = running.flatMap(loader -> loader.trouble(table));
      Optional<Instant> window = rules.closedUntil(now);
      State state = state(table, rules, waiting, trouble.isPresent(), window.isPresent());
      return new TableStatus(
          table,
          state,
          switch (state) {
            case PAUSED -> Optional.of(words(pauses.get(table)));
            case WINDOW -> window.map(end -> "a maintenance window, until " + end);
            case BROKEN -> trouble;
            case LATE ->
                rules
                    .objective()
                    .map(longest -> "its freshness objective is " + Durations.words(longest));
            case LOADED, WAITING -> Optional.empty();
          },
          waiting,
          Optional.ofNullable(newest.get(table))
              .map(known -> Duration.between(known.arrivalMax(), now)),
          last,
          last.flatMap(load -> PastLoad.of(load).took()),
          own.stream().filter(load -> !load.loadedAt().isBefore(now.minus(HOUR))).count(),
          running.map(loader -> loader.retries(table)).orElse(OptionalLong.empty()),
          setAside.getOrDefault(table, new SetAside(0, 0)));
    }

    private State state(
        TableName table, TableRules rules, Waiting waiting, boolean broken, boolean closed) {
      if (pauses.containsKey(table)) {
        return State.PAUSED;
      }
      if (broken) {
        return State.BROKEN;
      }
      if (closed) {
        return State.WINDOW;
      }
      if (waiting.batches() == 0) {
        return State.LOADED;
      }
      Duration age = waiting.age(now).orElse(Duration.ZERO);
      boolean late = rules.objective().filter(longest -> age.compareTo(longest) > 0).isPresent();
      return late ? State.LATE : State.WAITING;
    }

    private static String words(Pause pause) {
      return "%s since %s: %s".formatted(pause.by(), pause.since(), pause.reason());
    }
  }
}
