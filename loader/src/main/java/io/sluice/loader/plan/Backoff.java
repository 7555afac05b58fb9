package io.sluice.loader.plan;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, spread at random so that many tables and loaders do not come
 * back together: "full jitter", see "Exponential Backoff And Jitter" in the AWS Architecture Blog.
 *
 * @param first the longest pause after the first failure
 * @param longest the longest pause of all
 */
public record Backoff(Duration first, Duration longest) {
  /** Of a load, for what passes by itself. */
  public static final Backoff RETRIES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final int MOST_DOUBLINGS = 30;

  /** The longest pause after this many failures in a row, from 1. */
  public Duration ceiling(int failures) {
    int doublings = Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
    Duration grown = first.multipliedBy(1L << doublings);
    return grown.compareTo(longest) > 0 ? longest : grown;
  }

  /** A pause after this many failures in a row: anything up to the ceiling. */
  public Duration jittered(int failures, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(ceiling(failures).toMillis() + 1));
  }

  /** A pause from half the ceiling up: for probes that must not come too early. */
  public Duration steady(int failures, RandomGenerator random) {
    long half = ceiling(failures).toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }
}
