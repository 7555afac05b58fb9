package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a stream is read from when a shard has no mark yet. It is fixed by the first manifest of a
 * folder: {@code LATEST} is pinned there as the time of the first start, so that a crash before the
 * first batch loses nothing.
 *
 * @param time null for the oldest record that the stream holds
 */
public record StartPosition(Kind kind, Instant time) implements Serializable {
  /** The two forms that a start takes once it is written down. */
  public enum Kind {
    TRIM_HORIZON,
    AT_TIMESTAMP
  }

  public StartPosition {
    requireNonNull(kind, "kind");
    if ((kind == Kind.AT_TIMESTAMP) != (time != null)) {
      throw new IllegalArgumentException(
          "a start has a time if, and only if, it is AT_TIMESTAMP: " + kind + " " + time);
    }
  }

  /** From the oldest record that the stream still holds. */
  public static StartPosition trimHorizon() {
    return new StartPosition(Kind.TRIM_HORIZON, null);
  }

  /** From the first record that arrived at {@code time} or later. */
  public static StartPosition at(Instant time) {
    return new StartPosition(Kind.AT_TIMESTAMP, time);
  }

  /** The time to start at, empty for the trim horizon. */
  public Optional<Instant> startTime() {
    return Optional.ofNullable(time);
  }
}
