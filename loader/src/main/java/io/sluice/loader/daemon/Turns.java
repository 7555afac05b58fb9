package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.TurnQueue;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The {@link TurnQueue} for threads that wait for their turn. Safe for use by several threads. */
final class Turns {
  private final TurnQueue queue;

  /** With so many tables that load at the same time. */
  Turns(int turns) {
    this.queue = new TurnQueue(turns);
  }

  /**
   * Waits for a turn, which {@link #giveBack} ends.
   *
   * @param wanted whether the table still wants a turn; who changes that calls {@link #wake}
   * @return false when it has none, for it is no longer wanted
   */
  synchronized boolean await(TableName table, Instant overdueSince, BooleanSupplier wanted)
      throws InterruptedException {
    queue.ask(table, overdueSince);
    boolean taken = false;
    try {
      while (wanted.getAsBoolean() && !taken) {
        taken = queue.take(table);
        if (!taken) {
          wait();
        }
      }
    } finally {
      queue.withdraw(table);
      // Whoever is next now may have a turn too.
      notifyAll();
    }
    return taken;
  }

  synchronized void giveBack() {
    queue.giveBack();
    notifyAll();
  }

  /** Lets all that wait look whether they still want a turn. */
  synchronized void wake() {
    notifyAll();
  }
}
