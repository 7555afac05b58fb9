package io.sluice.loader.plan.simulation;

import java.time.Duration;
import java.util.Arrays;

/** Lengths of time, to whole seconds, and their quantiles. */
final class Spread {
  private int[] seconds = new int[1024];
  private int count;
  private boolean sorted;

  void add(Duration time) {
    if (count == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * count);
    }
    seconds[count++] = (int) time.toSeconds();
    sorted = false;
  }

  int count() {
    return count;
  }

  /** The time that this share of all does not pass, from 0 to 1. */
  Duration quantile(double share) {
    if (!sorted) {
      Arrays.sort(seconds, 0, count);
      sorted = true;
    }
    return Duration.ofSeconds(seconds[(int) Math.min(count - 1, count * share)]);
  }
}
