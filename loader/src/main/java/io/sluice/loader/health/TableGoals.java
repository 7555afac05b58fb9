package io.sluice.loader.health;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * What is expected of a table; without it nobody is told.
 *
 * @param freshness the longest time from a record's arrival in the stream to its commit
 * @param expectEvery the longest time without a new batch
 */
public record TableGoals(Optional<Duration> freshness, Optional<Duration> expectEvery) {
  /** Nothing is expected. */
  public static final TableGoals NONE = new TableGoals(Optional.empty(), Optional.empty());

  public TableGoals {
    requireNonNull(freshness, "freshness");
    requireNonNull(expectEvery, "expectEvery");
  }

  /** Reads them from the section of a table. */
  public static TableGoals read(Settings settings) {
    return new TableGoals(
        Optional.ofNullable(settings.duration("freshness-objective", null)),
        Optional.ofNullable(settings.duration("expect-every", null)));
  }
}
