package io.sluice.loader.daemon;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that runs evenly whatever is done to the system's: it reads the time of day once and goes
 * on from there by {@link System#nanoTime}. For intervals, pauses and ages, which a step of the
 * system's clock must neither stretch nor skip; not for times that others read, for it knows
 * nothing of corrections. Safe for use by several threads.
 */
final class MonotonicClock implements InstantSource {
  private final Instant start;
  private final long startNanos;

  MonotonicClock(InstantSource timeOfDay) {
    this.start = timeOfDay.instant();
    this.startNanos = System.nanoTime();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
