package io.sluice.stack.front;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Strike;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;

/** Puts the rest of a call off, on no thread of its own. */
final class Holding {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration USUAL = Duration.ofMinutes(1);

  private Holding() {}

  /** Goes on when the order is withdrawn, or its time is over. */
  static void whileOrdered(Faults faults, Strike strike, Request request, Runnable rest) {
    look(faults, strike, System.nanoTime() + strike.delayOr(USUAL).toNanos(), request, rest);
  }

  /** Goes on after so long. */
  static void lasting(Duration time, Request request, Runnable rest) {
    // The scheduler's own thread must not be held by a call.
    request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> request.getComponents().getExecutor().execute(rest),
            time.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private static void look(
      Faults faults, Strike strike, long deadline, Request request, Runnable rest) {
    long left = deadline - System.nanoTime();
    if (left <= 0 || faults.report(strike.id()).isEmpty()) {
      rest.run();
      return;
    }
    lasting(
        Duration.ofNanos(Math.min(left, POLL_NANOS)),
        request,
        () -> look(faults, strike, deadline, request, rest));
  }
}
