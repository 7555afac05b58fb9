package io.sluice.loader.retry;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.sluice.loader.plan.Backoff;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a short request again while what it fails of passes by itself, with growing pauses and full
 * jitter; what is left of it then is the last failure. The caller's thread waits. Safe for use by
 * several threads if {@code random} is.
 */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final RetryPolicy<Object> policy;

  /**
   * @param attempts the most tries, the first one included
   * @param passes tells a failure that may pass from one that stays
   */
  public Retries(
      Backoff backoff, int attempts, Predicate<Throwable> passes, RandomGenerator random) {
    this.policy =
        RetryPolicy.builder()
            .handleIf(passes::test)
            .withMaxAttempts(attempts)
            .withDelayFn(context -> backoff.jittered(context.getAttemptCount(), random))
            .onRetry(event -> log.debug("trying again", event.getLastException()))
            .build();
  }

  /**
   * The request's answer; its own exception when it fails for good, or when the thread is
   * interrupted between two tries, which leaves it marked as interrupted.
   */
  public <T> T get(Supplier<T> request) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try {
      return Failsafe.with(policy).get(() -> noting(failure, request));
    } catch (FailsafeException e) {
      RuntimeException last = failure.get();
      throw last == null ? e : last;
    }
  }

  /** The same without an answer. */
  public void run(Runnable request) {
    get(
        () -> {
          request.run();
          return null;
        });
  }

  private static <T> T noting(AtomicReference<RuntimeException> failure, Supplier<T> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      failure.set(e);
      throw e;
    }
  }
}
