package io.sluice.writer.source.direct;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits of full jitter: any time up to a bound that doubles (see "Exponential Backoff And Jitter"
 * in the AWS Architecture Blog). For one thread at a time.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 5_000;

  private long bound = FIRST_MILLIS;

  Duration next() {
    long millis = ThreadLocalRandom.current().nextLong(1, bound + 1);
    bound = Math.min(LONGEST_MILLIS, bound * 2);
    return Duration.ofMillis(millis);
  }

  void reset() {
    bound = FIRST_MILLIS;
  }
}
