package io.sluice.loader.warehouse;

import io.sluice.loader.plan.Backoff;
import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where all tables log in. A login that was refused is not repeated by each of them, which could
 * lock the account out: the gate closes for all, and one login after a growing pause tries whether
 * somebody has repaired it.
 *
 * <p>Safe for use by several threads, who log in side by side as long as the gate is open.
 */
final class LoginGate {
  private static final Logger log = LoggerFactory.getLogger(LoginGate.class);

  private static final Backoff PROBES = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Object probe = new Object();

  /** Null while the gate is open. */
  private volatile Refusal refusal;

  LoginGate(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Logs in, if it is time.
   *
   * @throws WarehouseException what {@code logIn} throws; of kind MISCONFIGURED always with the
   *     time of the next try, and then perhaps without having tried
   */
  <T> T pass(Supplier<T> logIn) {
    if (refusal == null) {
      return attempt(logIn, 0);
    }
    synchronized (probe) {
      Refusal now = refusal;
      if (now != null && clock.instant().isBefore(now.nextProbe())) {
        throw now.again();
      }
      return attempt(logIn, now == null ? 0 : now.times());
    }
  }

  private <T> T attempt(Supplier<T> logIn, int before) {
    T session;
    try {
      session = logIn.get();
    } catch (WarehouseException e) {
      throw e.kind() == FailureKind.MISCONFIGURED ? refused(e, before) : e;
    }
    open();
    return session;
  }

  /** Logins that were under way side by side count as one. */
  private synchronized WarehouseException refused(WarehouseException e, int before) {
    if ((refusal == null ? 0 : refusal.times()) == before) {
      int times = before + 1;
      Duration pause = PROBES.steady(times, random);
      Instant next = clock.instant().plus(pause);
      refusal = new Refusal(times, next, e);
      log.error(
          "no table can be loaded: {}. What to do: {}. All messages are kept, next login in {}",
          e.getMessage(),
          e.remedy(),
          Durations.words(pause));
    }
    return refusal == null ? e : e.forAllUntil(refusal.nextProbe());
  }

  private synchronized void open() {
    if (refusal != null) {
      log.info("the warehouse lets the loader in again after {} refused logins", refusal.times());
      refusal = null;
    }
  }

  private record Refusal(int times, Instant nextProbe, WarehouseException reason) {
    private WarehouseException again() {
      return reason.forAllUntil(nextProbe);
    }
  }
}
