package io.sluice.loader.operate.doctor;

import java.time.Duration;
import java.time.Instant;

/** How far a clock is from this machine's. */
final class Clocks {
  private static final Duration NOTICEABLE = Duration.ofSeconds(30);
  private static final Duration TOO_FAR = Duration.ofMinutes(5);

  private Clocks() {}

  /**
   * Compares.
   *
   * @param whose such as {@code S3}
   * @param theirs what that clock said at some moment between the other two
   */
  static Finding compare(String whose, Instant theirs, Instant before, Instant after) {
    Duration apart = Duration.ZERO;
    if (theirs.isBefore(before)) {
      apart = Duration.between(theirs, before);
    } else if (theirs.isAfter(after)) {
      apart = Duration.between(after, theirs);
    }
    String subject = "clock against " + whose;
    if (apart.compareTo(NOTICEABLE) <= 0) {
      return Finding.ok(subject, "less than %d s apart".formatted(NOTICEABLE.toSeconds() + 1));
    }
    String what =
        "%d s %s this machine's"
            .formatted(apart.toSeconds(), theirs.isBefore(before) ? "behind" : "ahead of");
    String remedy = "set this machine's clock, by chrony or the like";
    return apart.compareTo(TOO_FAR) > 0
        ? Finding.fail(subject, what, remedy + ": AWS refuses requests that are 15 min off")
        : Finding.warn(subject, what, remedy + ": ages and windows are wrong by that much");
  }
}
