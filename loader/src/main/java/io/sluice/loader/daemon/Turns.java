package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.TurnQueue;
import java.time.Instant;

/** The {@link TurnQueue} for threads that wait for their turn. Safe for use by several threads. */
final class Turns {
  private final TurnQueue queue;
  private boolean over;

  /** With so many tables that load at the same time. */
  Turns(int turns) {
    this.queue = new TurnQueue(turns);
  }

  /**
   * Waits for a turn, which {@link #giveBack} ends.
   *
   * @return false when there are no more turns, for the loader stops
   */
  synchronized boolean await(TableName table, Instant overdueSince) throws InterruptedException {
    queue.ask(table, overdueSince);
    try {
      while (!over && !queue.take(table)) {
        wait();
      }
    } catch (InterruptedException e) {
      queue.withdraw(table);
      notifyAll();
      throw e;
    }
    // The next one may have a turn too.
    notifyAll();
    if (over) {
      queue.withdraw(table);
    }
    return !over;
  }

  synchronized void giveBack() {
    queue.giveBack();
    notifyAll();
  }

  /** Nobody begins a load any more; those in hand go on. */
  synchronized void end() {
    over = true;
    notifyAll();
  }
}
