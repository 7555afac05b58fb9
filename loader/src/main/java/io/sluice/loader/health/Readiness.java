package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the loader can load, from what it last heard of the queue, the warehouse and its tables.
 *
 * <p>A table that is paused alone leaves it ready, for the others load. Safe for use by several
 * threads.
 */
final class Readiness implements LoaderEvents {
  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  private final InstantSource clock;
  private Set<TableName> tables = Set.of();
  private final Map<TableName, String> paused = new TreeMap<>();
  private Phase phase = Phase.STARTING;
  private String queue = "the queue has not answered yet";
  private String warehouse = "the warehouse has not answered yet";

  Readiness(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on these tables are loaded. */
  synchronized void expect(Set<TableName> expected) {
    tables = Set.copyOf(expected);
    paused.keySet().retainAll(tables);
  }

  /** The checks at the start are passed, and the threads run. */
  synchronized void running() {
    phase = Phase.RUNNING;
  }

  synchronized boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  synchronized void stopping() {
    phase = Phase.STOPPING;
  }

  /** Why it cannot load now, one sentence each; empty when it can. */
  synchronized List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    switch (phase) {
      case STARTING -> reasons.add("starting: the checks have not passed yet");
      case STOPPING -> reasons.add("stopping");
      case RUNNING -> {
        // What follows says it all.
      }
    }
    if (queue != null) {
      reasons.add(queue);
    }
    if (warehouse != null) {
      reasons.add(warehouse);
    }
    if (!tables.isEmpty() && paused.keySet().containsAll(tables)) {
      paused.forEach((table, reason) -> reasons.add(table + " is paused: " + reason));
    }
    return reasons;
  }

  /** The tables that wait for somebody to repair something, each with the reason. */
  synchronized Map<TableName, String> paused() {
    return new TreeMap<>(paused);
  }

  @Override
  public synchronized void paused(TableName table, LoadException reason) {
    paused.put(table, reason.getMessage());
  }

  @Override
  public synchronized void recovered(TableName table) {
    paused.remove(table);
  }

  @Override
  public synchronized void loaded(LoadOutcome outcome) {
    paused.remove(outcome.table());
    warehouse = null;
  }

  @Override
  public synchronized void received(int messages) {
    queue = null;
  }

  @Override
  public synchronized void queueFailed(String reason) {
    queue = since("the queue does not answer", reason);
  }

  @Override
  public synchronized void warehouseAnswered() {
    warehouse = null;
  }

  @Override
  public synchronized void warehouseFailed(String reason) {
    warehouse = since("the warehouse does not answer", reason);
  }

  private String since(String what, String reason) {
    Instant now = clock.instant();
    return "%s, asked at %s: %s".formatted(what, now, reason);
  }
}
