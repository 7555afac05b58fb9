package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.fault.SessionFaults;
import io.sluice.stack.redshift.fault.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits as long as an order holds a session. */
final class Holding {
  private static final Duration POLL = Duration.ofMillis(20);

  private final SessionFaults faults;
  private final BooleanSupplier gone;

  /** {@code gone} tells whether there is nobody left to go on for. */
  Holding(SessionFaults faults, BooleanSupplier gone) {
    this.faults = faults;
    this.gone = gone;
  }

  /** Waits until the order is withdrawn or its time is over; false if all are gone first. */
  boolean await(Verdict hold) throws InterruptedException {
    long deadline = System.nanoTime() + hold.duration().toNanos();
    while (faults.isInForce(hold.order()) && System.nanoTime() < deadline) {
      if (gone.getAsBoolean()) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    return !gone.getAsBoolean();
  }
}
