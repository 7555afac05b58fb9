package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.LoadSize;
import io.sluice.loader.store.SourceBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Loads on their way from the reader of the log to the tables: each table's batches in their order,
 * grouped into loads as large as its policy lets them be.
 *
 * <p>The memory is bounded: the reader waits while a table has loads ready that nobody has taken,
 * or all tables together have very many files. So the log is read just ahead of the COPYs, however
 * long it is. Safe for use by several threads.
 */
final class PlannedLoads {
  /** The one that follows the load in hand, and one more to make up for a short one. */
  private static final int MOST_READY = 2;

  /** Some hundred bytes each. */
  private static final long MOST_FILES = 100_000;

  private final Map<TableName, Lane> lanes = new LinkedHashMap<>();
  private long files;
  private boolean ended;

  /** With a policy for each table. */
  PlannedLoads(Map<TableName, LoadPolicy> policies) {
    policies.forEach((table, policy) -> lanes.put(table, new Lane(policy)));
  }

  /**
   * Adds a table's next batch, and waits for room.
   *
   * @return false when the table is loaded no longer
   */
  synchronized boolean add(SourceBatch batch) throws InterruptedException {
    Lane lane = lanes.get(batch.id().table());
    if (lane.left) {
      return false;
    }
    lane.add(batch);
    files += batch.files().size();
    if (files > MOST_FILES) {
      lanes.values().forEach(Lane::close);
    }
    notifyAll();
    while (!lane.left && (lane.ready.size() >= MOST_READY || files > MOST_FILES)) {
      wait();
    }
    return true;
  }

  /** No batch follows. */
  synchronized void end() {
    lanes.values().forEach(Lane::close);
    ended = true;
    notifyAll();
  }

  /** The table's next load, as soon as there is one; empty when none follows. */
  synchronized Optional<List<SourceBatch>> take(TableName table) throws InterruptedException {
    Lane lane = lanes.get(table);
    while (lane.ready.isEmpty() && !ended && !lane.left) {
      wait();
    }
    List<SourceBatch> load = lane.ready.poll();
    if (load != null) {
      files -= files(load);
      notifyAll();
    }
    return Optional.ofNullable(load);
  }

  /**
   * The table takes no more.
   *
   * @return how many batches were on their way to it
   */
  synchronized long leave(TableName table) {
    Lane lane = lanes.get(table);
    lane.left = true;
    lane.close();
    long dropped = lane.ready.stream().mapToLong(List::size).sum();
    lane.ready.forEach(load -> files -= files(load));
    lane.ready.clear();
    notifyAll();
    return dropped;
  }

  /** Whether no table takes any more. */
  synchronized boolean isDeserted() {
    return lanes.values().stream().allMatch(lane -> lane.left);
  }

  private static long files(List<SourceBatch> load) {
    return load.stream().mapToLong(batch -> batch.files().size()).sum();
  }

  private static final class Lane {
    private final LoadPolicy policy;
    private final Queue<List<SourceBatch>> ready = new ArrayDeque<>();
    private List<SourceBatch> forming = new ArrayList<>();
    private LoadSize size = LoadSize.EMPTY;
    private boolean left;

    private Lane(LoadPolicy policy) {
      this.policy = policy;
    }

    private void add(SourceBatch batch) {
      LoadSize grown = size.plus(batch.files().size(), batch.bytes());
      if (!grown.isAllowed(policy)) {
        close();
        grown = LoadSize.EMPTY.plus(batch.files().size(), batch.bytes());
      }
      forming.add(batch);
      size = grown;
      if (size.isFull(policy)) {
        close();
      }
    }

    private void close() {
      if (!forming.isEmpty()) {
        ready.add(forming);
        forming = new ArrayList<>();
        size = LoadSize.EMPTY;
      }
    }
  }
}
