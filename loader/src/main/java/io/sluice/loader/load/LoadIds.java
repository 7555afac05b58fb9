package io.sluice.loader.load;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names for loads: the time, so that they sort, and a random part, so that two loaders never share
 * one.
 */
public final class LoadIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final RandomGenerator random;

  /** {@code random} must be safe for use by the threads that share this. */
  public LoadIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** When the load of this name began; empty when it is no name that was made here. */
  public static Optional<Instant> begun(String loadId) {
    try {
      int end = loadId.indexOf('-');
      return end < 0
          ? Optional.empty()
          : Optional.of(Instant.from(TIME.parse(loadId.substring(0, end))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  String next() {
    return "%s-%016x".formatted(TIME.format(clock.instant()), random.nextLong());
  }
}
