package io.sluice.loader.plan.simulation;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.LoadPlan;
import io.sluice.loader.plan.LoadSchedule;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.plan.TurnQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A day of loads on a simulated clock: the planner, the pace, the turns and the pauses are the real
 * ones; traffic and warehouse are made up. The same seed gives the same day.
 */
final class LoadSimulation {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

  /** How soon a load fails when the warehouse is away. */
  private static final Duration REFUSED = Duration.ofSeconds(5);

  private final Scenario scenario;
  private final Random random;
  private final TurnQueue turns;
  private final Map<TableName, Table> tables = new LinkedHashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
  private final Spread freshness = new Spread();
  private Instant now = MIDNIGHT;
  private long scheduled;
  private int active;
  private long copies;
  private Duration copying = Duration.ZERO;
  private Duration catchUp = Duration.ZERO;

  private LoadSimulation(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new Random(seed);
    this.turns = new TurnQueue(scenario.turns());
    for (int rank = 1; rank <= scenario.tables(); rank++) {
      Table table = new Table(new Traffic(rank, scenario.bursts(), new Random(random.nextLong())));
      tables.put(table.traffic.table(), table);
    }
  }

  /** Runs the day, and then until all is loaded. */
  static Result run(Scenario scenario, long seed) {
    return new LoadSimulation(scenario, seed).run();
  }

  private Result run() {
    Table first = tables.values().iterator().next();
    first.pending.addAll(first.traffic.waiting(scenario.behind(), MIDNIGHT));
    at(MIDNIGHT, this::interval);
    while (!events.isEmpty()) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    return new Result(
        scenario,
        copies,
        copying.toMillis() / (double) Scenario.DAY.toMillis(),
        freshness,
        tables.values().stream().map(table -> table.freshness).toList(),
        catchUp);
  }

  /** One batch interval ends: its batches are announced a little later. */
  private void interval() {
    Duration timeOfDay = Duration.between(MIDNIGHT, now);
    for (Table table : tables.values()) {
      PendingBatch batch = table.traffic.batch(timeOfDay, now);
      at(batch.heldSince(), () -> announced(table, batch));
    }
    if (timeOfDay.compareTo(Scenario.DAY) < 0) {
      at(now.plus(Traffic.INTERVAL), this::interval);
    }
  }

  private void announced(Table table, PendingBatch batch) {
    table.pending.add(batch);
    pass(table);
  }

  /** What a worker does, without its thread. */
  private void pass(Table table) {
    if (table.busy) {
      return;
    }
    if (now.isBefore(table.pausedUntil)) {
      wake(table, table.pausedUntil);
      return;
    }
    LoadPlan plan = table.schedule.plan(table.pending, scenario.policy(), now);
    if (plan.isDue()) {
      table.busy = true;
      turns.ask(table.traffic.table(), plan.overdueSince());
      giveTurns();
    } else {
      wake(table, plan.notBefore());
    }
  }

  private void wake(Table table, Instant time) {
    boolean comesAnyhow = table.wakesAt.isAfter(now) && !table.wakesAt.isAfter(time);
    if (time.equals(Instant.MAX) || comesAnyhow) {
      return;
    }
    table.wakesAt = time;
    at(time, () -> pass(table));
  }

  private void giveTurns() {
    for (Optional<TableName> next = turns.next(); next.isPresent(); next = turns.next()) {
      begin(tables.get(next.get()));
    }
  }

  private void begin(Table table) {
    LoadPlan plan = table.schedule.plan(table.pending, scenario.policy(), now);
    Instant begun = now;
    active++;
    Instant end = now.plus(copyTime(plan));
    if (isAway(now)) {
      at(now.plus(REFUSED), () -> failed(table));
    } else if (now.isBefore(outageStart()) && isAway(end)) {
      at(outageStart(), () -> failed(table));
    } else {
      at(end, () -> loaded(table, plan, begun));
    }
  }

  private void loaded(Table table, LoadPlan plan, Instant begun) {
    copies++;
    copying = copying.plus(Duration.between(begun, now));
    table.pending.subList(0, plan.batches().size()).clear();
    for (PendingBatch batch : plan.batches()) {
      Duration age = Duration.between(batch.arrivalMin(), now);
      freshness.add(age);
      table.freshness.add(age);
      if (!batch.heldSince().isAfter(outageEnd())) {
        catchUp = Duration.between(outageEnd(), now);
      }
    }
    table.failures = 0;
    table.schedule.copied(plan, begun, now);
    table.schedule.wentWell();
    ended(table);
  }

  private void failed(Table table) {
    table.failures++;
    table.pausedUntil = now.plus(Backoff.RETRIES.jittered(table.failures, random));
    table.schedule.ended(now);
    ended(table);
  }

  private void ended(Table table) {
    active--;
    table.busy = false;
    turns.giveBack();
    pass(table);
    giveTurns();
  }

  /** By what runs at its start; chance makes it up to a fifth faster or slower. */
  private Duration copyTime(LoadPlan plan) {
    Scenario.Warehouse warehouse = scenario.warehouse();
    long bytes = plan.batches().stream().mapToLong(PendingBatch::bytes).sum();
    double alone =
        warehouse.overhead().toMillis() / 1000.0 + bytes / (double) warehouse.bytesPerSecond();
    double shared = alone * Math.max(1, active / (double) warehouse.comfortable());
    return Duration.ofMillis((long) (shared * (0.8 + 0.4 * random.nextDouble()) * 1000));
  }

  private boolean isAway(Instant time) {
    return !time.isBefore(outageStart()) && time.isBefore(outageEnd());
  }

  private Instant outageStart() {
    return scenario.outage().isZero() ? MIDNIGHT : MIDNIGHT.plus(Scenario.NOON);
  }

  private Instant outageEnd() {
    return outageStart().plus(scenario.outage());
  }

  private void at(Instant time, Runnable action) {
    scheduled++;
    events.add(new Event(time, scheduled, action));
  }

  private record Event(Instant at, long number, Runnable action) {}

  private static final class Table {
    private final Traffic traffic;
    private final LoadSchedule schedule = new LoadSchedule();
    private final List<PendingBatch> pending = new ArrayList<>();
    private final Spread freshness = new Spread();
    private Instant pausedUntil = Instant.MIN;
    private Instant wakesAt = Instant.MIN;
    private int failures;
    private boolean busy;

    private Table(Traffic traffic) {
      this.traffic = traffic;
    }
  }
}
