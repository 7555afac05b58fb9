package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast the loads of one table have gone so far, by the clock that plans them.
 *
 * @param lastBegun when the last load that copied began, {@link Instant#MIN} for never
 * @param lastEnded when the last load ended, whatever became of it, {@link Instant#MIN} for never
 * @param copyTime what a load of the table takes at present; zero when that is not known yet
 */
public record Pace(Instant lastBegun, Instant lastEnded, Duration copyTime) {
  /** Of a table that was never loaded. */
  public static final Pace NONE = new Pace(Instant.MIN, Instant.MIN, Duration.ZERO);

  /** How many times its own COPY time a table waits from one start to the next, see below. */
  static final int COPY_TIMES = 2;

  public Pace {
    requireNonNull(lastBegun, "lastBegun");
    requireNonNull(lastEnded, "lastEnded");
    requireNonNull(copyTime, "copyTime");
  }

  /**
   * The least time between the starts of two loads: {@code min-interval}, or twice the COPY time
   * where that is longer, but not for that reason longer than {@code max-interval}. A policy that
   * wants no interval gets none.
   *
   * <p>Why twice: records that come evenly wait half an interval for a COPY of time C, so that they
   * are {@code T/2 + C} old at its end, and the table keeps the warehouse busy for {@code C/T} of
   * the time. At {@code T = 2C} both halves of the age are equal. A shorter interval would cost the
   * warehouse in proportion and win less than half of that in age; a longer one would give away age
   * for little. It also leaves the other half of the time to the table's readers and to VACUUM. If
   * COPYs grow with what they load, {@code C = a + bT}, the rule settles as long as the warehouse
   * takes what comes in with half of its time; beyond that loads grow to their limits, and a load
   * at its limits does not wait for this.
   */
  public Duration interval(LoadPolicy policy) {
    if (policy.minInterval().isZero()) {
      return Duration.ZERO;
    }
    Duration wanted = copyTime.multipliedBy(COPY_TIMES);
    Duration longest = policy.maxInterval();
    Duration bounded = wanted.compareTo(longest) < 0 ? wanted : longest;
    return bounded.compareTo(policy.minInterval()) > 0 ? bounded : policy.minInterval();
  }
}
