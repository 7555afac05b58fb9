package io.sluice.loader.operate.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a load will take, going by past ones: a line through their times over their bytes, by least
 * squares, with a part that every load costs and a part that each byte costs, neither below
 * nothing. Where all were of one size it is their mean. Pure.
 *
 * @param loads how many it goes by
 */
record LoadTimeEstimate(int loads, double seconds, double secondsPerByte) {
  private static final double NANOS = 1e9;

  /** Empty when none of these loads tells its time. */
  static Optional<LoadTimeEstimate> of(List<PastLoad> past) {
    List<PastLoad> timed = past.stream().filter(load -> load.took().isPresent()).toList();
    if (timed.isEmpty()) {
      return Optional.empty();
    }
    double meanBytes = timed.stream().mapToDouble(LoadTimeEstimate::bytes).average().orElse(0);
    double meanSeconds = timed.stream().mapToDouble(LoadTimeEstimate::time).average().orElse(0);
    double spread = 0;
    double together = 0;
    for (PastLoad load : timed) {
      double away = bytes(load) - meanBytes;
      spread += away * away;
      together += away * (time(load) - meanSeconds);
    }
    double perByte = spread == 0 ? 0 : Math.max(0, together / spread);
    double fixed = meanSeconds - perByte * meanBytes;
    return Optional.of(
        fixed >= 0
            ? new LoadTimeEstimate(timed.size(), fixed, perByte)
            : new LoadTimeEstimate(timed.size(), 0, meanSeconds / meanBytes));
  }

  /** For a load of so many bytes. */
  Duration of(long bytes) {
    return Duration.ofNanos(Math.round((seconds + secondsPerByte * bytes) * NANOS));
  }

  private static double bytes(PastLoad load) {
    return load.sum().bytes();
  }

  private static double time(PastLoad load) {
    return load.took().orElseThrow().toNanos() / NANOS;
  }
}
