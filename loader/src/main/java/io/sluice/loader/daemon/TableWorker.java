package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.LoadPlan;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.LoadSchedule;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.PausedException;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of one table, one after another: a pass looks whether a load is due, runs it and
 * decides what follows. It knows nothing of threads and waits for nothing but its turn among the
 * tables.
 *
 * <p>Its pauses are a state and not a library's blocking retries: while a table rests, batches come
 * in and the next try is planned anew with all of them, a stop is heard at once, and no turn is
 * held.
 *
 * <p>One thread calls {@link #pass}; {@link #finish} and {@link #abandon} come from another one.
 */
final class TableWorker {
  private static final Logger log = LoggerFactory.getLogger(TableWorker.class);

  /** For what a person must repair. */
  private static final Backoff PROBES = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

  private final TableName table;
  private final LoadPolicy policy;
  private final Backlog backlog;
  private final Loader loader;
  private final Turns turns;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TableBrake brake;
  private final LoaderEvents events;
  private final SettledLoads listener;
  private final LoadSchedule schedule = new LoadSchedule();

  private volatile boolean finishing;
  private Instant pausedUntil = Instant.MIN;
  private int failures;

  /** {@code clock} measures pauses and intervals: it should never jump. */
  TableWorker(
      TableName table,
      LoadPolicy policy,
      Backlog backlog,
      Loader loader,
      Settlement settlement,
      Turns turns,
      InstantSource clock,
      RandomGenerator random,
      TableBrake brake,
      LoaderEvents events) {
    this.table = table;
    this.policy = policy;
    this.backlog = backlog;
    this.loader = loader;
    this.turns = turns;
    this.clock = clock;
    this.random = random;
    this.brake = brake;
    this.events = events;
    this.listener = new SettledLoads(table, backlog, settlement, clock, random, events);
  }

  /**
   * Loads if a load is due.
   *
   * @return when to call again at the latest; a new batch may make it worth while earlier
   */
  Instant pass() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(pausedUntil)) {
      return pausedUntil;
    }
    Duration closed = brake.closedFor();
    if (!closed.isZero()) {
      return now.plus(closed);
    }
    LoadPlan plan = plan(now);
    if (!plan.isDue()) {
      return earlier(plan.notBefore(), backlog.nextRetry(now));
    }
    if (!turns.await(table, plan.overdueSince(), () -> !finishing)) {
      return Instant.MAX;
    }
    try {
      // More may have come while it waited for its turn.
      LoadPlan grown = plan(clock.instant());
      if (grown.isDue() && brake.closedFor().isZero()) {
        events.loading(Thread.currentThread().getName(), table);
        load(grown);
      }
    } finally {
      turns.giveBack();
    }
    return clock.instant().isBefore(pausedUntil) ? pausedUntil : Instant.MIN;
  }

  /** Begins no load any more; the one in hand goes on. */
  void finish() {
    finishing = true;
    turns.wake();
    backlog.signal();
  }

  /** Breaks off the load in hand. */
  void abandon() {
    loader.abandon();
  }

  TableName table() {
    return table;
  }

  Backlog backlog() {
    return backlog;
  }

  private LoadPlan plan(Instant now) {
    // One more than a load takes tells that more is waiting.
    return schedule.plan(backlog.pending(now, policy.maxBatches() + 1), policy, now);
  }

  private void load(LoadPlan plan) {
    Instant begun = clock.instant();
    listener.begin();
    try {
      loader.load(table, ids(plan.batches()), upcoming(plan, begun), listener);
      brake.loaded();
      recovered();
    } catch (PausedException e) {
      pausedUntil = brake.paused(e.pause(), clock.instant());
    } catch (LoadException e) {
      failed(e, plan.batches().size());
    } catch (RuntimeException e) {
      pauseAfterFailure(Backoff.RETRIES);
      events.faulted(table, e);
      log.error(
          "a fault in the loader itself, {} is tried again in {}: please report it",
          table,
          untilRetry(),
          e);
    }
    if (listener.hasCopied()) {
      schedule.copied(plan, begun, clock.instant());
    } else {
      schedule.ended(clock.instant());
    }
  }

  /** What the next load may take. */
  private List<BatchId> upcoming(LoadPlan plan, Instant now) {
    int taken = plan.batches().size();
    List<PendingBatch> pending = backlog.pending(now, taken + BatchFolders.READ_AHEAD);
    return ids(pending.subList(Math.min(taken, pending.size()), pending.size()));
  }

  private static List<BatchId> ids(List<PendingBatch> batches) {
    return batches.stream().map(PendingBatch::id).toList();
  }

  private void recovered() {
    if (failures > 0) {
      log.info("{} loads again after {} failures", table, failures);
    }
    failures = 0;
    schedule.wentWell();
    events.recovered(table);
  }

  private void failed(LoadException e, int batches) {
    if (e.isTimeout()) {
      schedule.tooLarge(batches);
    }
    events.failed(table, e);
    switch (e.kind()) {
      case TRANSIENT -> {
        pauseAfterFailure(Backoff.RETRIES);
        log.warn(
            "{}: {}; try {} in {}", table, e.getMessage(), failures + 1, untilRetry(), trace(e));
      }
      case UNKNOWN -> {
        pauseAfterFailure(Backoff.RETRIES);
        log.warn("{}: {}; asking the ledger in {}", table, e.getMessage(), untilRetry(), trace(e));
      }
      case MISCONFIGURED -> {
        failures++;
        events.paused(table, e);
        if (e.retryAt().isPresent()) {
          // The warehouse refuses the login, and has said so once for all tables.
          pausedUntil = clock.instant().plus(brake.until(e.retryAt().get()));
          log.debug("{} waits for the login until {}", table, pausedUntil);
          return;
        }
        pausedUntil = clock.instant().plus(PROBES.steady(failures, random));
        log.error(
            "{} is paused: {}. What to do: {}. Its messages are kept, next probe in {}",
            table,
            e.getMessage(),
            e.remedy(),
            untilRetry(),
            trace(e));
      }
      case BAD_DATA ->
          throw new IllegalStateException("the loader narrows bad data down by itself", e);
    }
  }

  private void pauseAfterFailure(Backoff backoff) {
    failures++;
    pausedUntil = clock.instant().plus(backoff.jittered(failures, random));
  }

  private String untilRetry() {
    Duration left = Duration.between(clock.instant(), pausedUntil);
    return Durations.words(left.isNegative() ? Duration.ZERO : left);
  }

  /** The message says it all to an operator; who debugs gets the trace. */
  private static Object trace(LoadException e) {
    return log.isDebugEnabled() ? e : null;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
