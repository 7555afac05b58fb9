package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a table from loading although a load is due: maintenance windows, and a pause that a
 * person ordered. Says once when a pause begins and once when it is over.
 *
 * <p>One thread.
 */
final class TableBrake {
  private static final Logger log = LoggerFactory.getLogger(TableBrake.class);

  private final TableName table;
  private final List<WindowWatch> windows;
  private final Duration lookEvery;
  private final InstantSource timeOfDay;
  private Pause pause;

  /**
   * @param lookEvery how often it is looked whether a pause is over
   * @param timeOfDay what windows go by, whatever the worker's own clock measures
   */
  TableBrake(
      TableName table, List<WindowWatch> windows, Duration lookEvery, InstantSource timeOfDay) {
    this.table = table;
    this.windows = List.copyOf(windows);
    this.lookEvery = lookEvery;
    this.timeOfDay = timeOfDay;
  }

  /** No windows, and a look at pauses each half a minute. */
  static TableBrake without(TableName table, InstantSource timeOfDay) {
    return new TableBrake(table, List.of(), Duration.ofSeconds(30), timeOfDay);
  }

  /** How long no load may begin as far as the windows go: zero when it may. */
  Duration closedFor() {
    Instant now = timeOfDay.instant();
    return windows.stream()
        .map(watch -> watch.until(now))
        .map(end -> end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** How long it is until a time of day: zero when that is over. */
  Duration until(Instant time) {
    Instant now = timeOfDay.instant();
    return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
  }

  /** The warehouse says that the table is paused; returns when to look again. */
  Instant paused(Pause now, Instant time) {
    if (!now.equals(pause)) {
      log.info(
          "{} was paused by {} at {}: {}. Its messages are kept; sluice-loader resume --table {}"
              + " ends it",
          table,
          now.by(),
          now.since(),
          now.reason(),
          table);
    }
    pause = now;
    return time.plus(lookEvery);
  }

  /** A load went through. */
  void loaded() {
    if (pause != null) {
      log.info("{} is no longer paused, and loads again", table);
      pause = null;
    }
  }
}
