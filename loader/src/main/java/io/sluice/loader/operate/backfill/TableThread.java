package io.sluice.loader.operate.backfill;

import io.sluice.loader.operate.backfill.BackfillResult.State;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one table: whatever it dies of is that table's end and no other's. */
final class TableThread {
  private static final Logger log = LoggerFactory.getLogger(TableThread.class);

  private final Thread thread;

  private TableThread(TableLoads loads, Work work) {
    this.thread = new Thread(() -> run(loads, work), "backfill-" + loads.table());
    thread.setDaemon(true);
  }

  /** What it does. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  static TableThread start(TableLoads loads, Work work) {
    TableThread started = new TableThread(loads, work);
    started.thread.start();
    return started;
  }

  static void join(List<TableThread> threads) throws InterruptedException {
    for (TableThread each : threads) {
      each.thread.join();
    }
  }

  private static void run(TableLoads loads, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loads.end(State.STOPPED, "interrupted");
    } catch (RuntimeException e) {
      log.debug("where {} failed", loads.table(), e);
      loads.end(State.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
