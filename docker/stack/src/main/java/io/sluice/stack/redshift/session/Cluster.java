package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.fault.Verdict;
import io.sluice.stack.redshift.fault.Verdict.Action;
import io.sluice.stack.redshift.wire.ServerError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;

/** Whether the cluster is up, as far as ordered outages go. Thread-safe. */
public final class Cluster {
  private static final ServerError STARTING =
      ServerError.fatal("57P03", "the database system is starting up");

  private final InstantSource clock;
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final LongPredicate isInForce;
  private volatile Outage outage = new Outage(Action.RESTART, Instant.MIN, 0);

  private record Outage(Action kind, Instant until, long order) {}

  /**
   * It is up.
   *
   * @param isInForce whether an order has not been withdrawn
   */
  public Cluster(InstantSource clock, LongPredicate isInForce) {
    this.clock = clock;
    this.isInForce = isInForce;
  }

  /** Runs {@code endSessions} whenever the cluster goes down. */
  void onOutage(Runnable endSessions) {
    endings.add(endSessions);
  }

  /** Goes down as the verdict says, if it does; whether it did. */
  boolean goesDown(Verdict verdict) {
    if (verdict.action() != Action.PAUSE && verdict.action() != Action.RESTART) {
      return false;
    }
    Instant until = clock.instant().plus(verdict.duration());
    outage = new Outage(verdict.action(), until, verdict.order());
    endings.forEach(Runnable::run);
    return true;
  }

  /** Whether connections are closed without a word. */
  boolean isPaused() {
    return isDown(Action.PAUSE);
  }

  /** Why nobody can log in now; empty if everybody can. */
  Optional<ServerError> refusal() {
    return isDown(Action.RESTART) ? Optional.of(STARTING) : Optional.empty();
  }

  private boolean isDown(Action kind) {
    Outage current = outage;
    return current.kind() == kind
        && clock.instant().isBefore(current.until())
        && isInForce.test(current.order());
  }
}
