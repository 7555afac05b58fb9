package io.sluice.loader.load;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

  String next() {
    return "%s-%016x".formatted(TIME.format(clock.instant()), random.nextLong());
  }
}
