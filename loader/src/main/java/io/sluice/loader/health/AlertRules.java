package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.LoadTimes.BatchTimes;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * When people are told, and when they are told that it is over.
 *
 * <p>What began is known from events; what is late, missing or over shows by a look at the
 * backlogs, {@link #check}, every few seconds. Nothing is remembered over a restart: what still is
 * wrong then is told again, as a new incident. Safe for use by several threads.
 */
final class AlertRules implements LoaderEvents {
  /** Files that are set aside within this time of each other are one incident. */
  static final Duration QUARANTINE_QUIET = Duration.ofHours(1);

  private final Map<TableName, TableState> tables = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Consumer<Alert> out;
  private final IncidentBook book = new IncidentBook();

  /** {@code out} takes alerts at once. */
  AlertRules(InstantSource clock, Consumer<Alert> out) {
    this.clock = clock;
    this.out = out;
  }

  /** From now on these tables are loaded; what is open of others is over. */
  synchronized void expect(Map<TableName, TableGoals> goals) {
    goals.forEach((table, goal) -> state(table).goals = goal);
    for (TableName table : List.copyOf(tables.keySet())) {
      if (!goals.containsKey(table)) {
        book.open(table).forEach(kind -> end(kind, table, table + " is no longer loaded"));
        tables.remove(table);
      }
    }
  }

  /** Looks at what waits. */
  synchronized void check(Map<TableName, Backlog> backlogs) {
    Instant now = clock.instant();
    backlogs.forEach(
        (table, backlog) -> {
          Backlog.Totals totals = backlog.totals();
          TableState state = state(table);
          checkRefused(table, totals);
          checkQuarantined(table, state, now);
          checkFreshness(table, state, totals, now);
          checkSilence(table, state, totals, now);
        });
  }

  @Override
  public synchronized void paused(TableName table, LoadException reason) {
    if (reason.retryAt().isPresent()) {
      beginLogin(reason);
      return;
    }
    begin(
        Kind.PAUSED,
        table,
        "%s is paused: %s. What to do: %s. Its messages are kept, and it goes on by itself"
            .formatted(table, reason.getMessage(), reason.remedy()));
  }

  @Override
  public synchronized void recovered(TableName table) {
    goesOn(table);
  }

  @Override
  public synchronized void refused(BatchId batch, LoadException reason) {
    begin(
        Kind.REFUSED,
        batch.table(),
        "%s cannot be loaded: %s. What to do: %s. It is kept and tried again; others go on"
            .formatted(batch, reason.getMessage(), reason.remedy()));
  }

  @Override
  public synchronized void quarantined(TableName table, QuarantinedFile file) {
    TableState state = state(table);
    state.quarantined++;
    state.lastQuarantined = clock.instant();
    String what = file.extent() == Extent.FILE ? "" : file.rowCount() + " rows of ";
    begin(
        Kind.QUARANTINED,
        table,
        "%s%s of %s set aside: %s. The rest is loaded"
            .formatted(what, file.file().key(), table, file.error().sentence()));
  }

  @Override
  public synchronized void loaded(LoadOutcome outcome) {
    TableName table = outcome.table();
    TableState state = state(table);
    goesOn(table);
    for (BatchTimes batch : outcome.times().batches()) {
      state.saw(batch.batchTime());
    }
    Optional<Duration> objective = state.goals.freshness();
    if (!outcome.copied() || objective.isEmpty()) {
      return;
    }
    if (outcome.freshness().compareTo(objective.get()) <= 0) {
      state.lastLate = null;
      return;
    }
    state.lastLate = clock.instant();
    begin(
        Kind.STALE,
        table,
        "%s was loaded %s after its oldest record arrived, and the objective is %s"
            .formatted(
                table, Durations.words(outcome.freshness()), Durations.words(objective.get())));
  }

  private void checkRefused(TableName table, Backlog.Totals totals) {
    if (totals.refused() == 0) {
      end(Kind.REFUSED, table, "no refused batch of " + table + " is left");
    }
  }

  private void checkQuarantined(TableName table, TableState state, Instant now) {
    if (!book.isOpen(Kind.QUARANTINED, Optional.of(table))
        || now.isBefore(state.lastQuarantined.plus(QUARANTINE_QUIET))) {
      return;
    }
    end(
        Kind.QUARANTINED,
        table,
        "%d files of %s were set aside, as a whole or in part, none in the last %s"
            .formatted(state.quarantined, table, Durations.words(QUARANTINE_QUIET)));
    state.quarantined = 0;
  }

  /** Loads that are late one after another are one incident, though nothing waits in between. */
  private void checkFreshness(
      TableName table, TableState state, Backlog.Totals totals, Instant now) {
    if (state.goals.freshness().isEmpty()) {
      end(Kind.STALE, table, "nothing is expected of " + table + " any more");
      return;
    }
    Duration objective = state.goals.freshness().get();
    Duration age =
        totals.oldestArrival().map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO);
    if (age.compareTo(objective) > 0) {
      begin(
          Kind.STALE,
          table,
          "%d batches of %s wait, the oldest record for %s, and the objective is %s"
              .formatted(
                  totals.batches(), table, Durations.words(age), Durations.words(objective)));
      return;
    }
    if (state.lastLate == null || now.isAfter(state.lastLate.plus(objective))) {
      end(Kind.STALE, table, table + " is fresh again, within " + Durations.words(objective));
    }
  }

  private void checkSilence(TableName table, TableState state, Backlog.Totals totals, Instant now) {
    if (state.goals.expectEvery().isEmpty()) {
      end(Kind.SILENT, table, "nothing is expected of " + table + " any more");
      return;
    }
    totals.newestBatch().ifPresent(state::saw);
    Duration expected = state.goals.expectEvery().get();
    if (now.isAfter(state.newestBatch.plus(expected))) {
      begin(
          Kind.SILENT,
          table,
          "no batch of %s since %s, and one is expected every %s: look after the writer"
              .formatted(table, state.newestBatch, Durations.words(expected)));
    } else {
      end(Kind.SILENT, table, "batches of " + table + " come again");
    }
  }

  private void begin(Kind kind, TableName table, String summary) {
    book.begin(kind, Optional.of(table), summary, clock.instant()).ifPresent(out);
  }

  /** However many tables wait for it, a refused login is one incident. */
  private void beginLogin(LoadException reason) {
    String summary =
        "the warehouse does not let the loader in: %s. What to do: %s. All messages are kept, and"
                .formatted(reason.getMessage(), reason.remedy())
            + " it goes on by itself";
    book.begin(Kind.LOGIN, Optional.empty(), summary, clock.instant()).ifPresent(out);
  }

  private void goesOn(TableName table) {
    end(Kind.PAUSED, table, table + " loads again");
    book.end(
            Kind.LOGIN, Optional.empty(), "the warehouse lets the loader in again", clock.instant())
        .ifPresent(out);
  }

  private void end(Kind kind, TableName table, String summary) {
    book.end(kind, Optional.of(table), summary, clock.instant()).ifPresent(out);
  }

  private TableState state(TableName table) {
    return tables.computeIfAbsent(table, t -> new TableState(clock.instant()));
  }

  private static final class TableState {
    private TableGoals goals = TableGoals.NONE;
    private Instant newestBatch;
    private Instant lastLate;
    private Instant lastQuarantined;
    private long quarantined;

    /** Before {@code start} nothing is known, so the time is counted from there. */
    private TableState(Instant start) {
      this.newestBatch = start;
    }

    private void saw(Instant batchTime) {
      newestBatch = batchTime.isAfter(newestBatch) ? batchTime : newestBatch;
    }
  }
}
