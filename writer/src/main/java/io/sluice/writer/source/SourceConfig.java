package io.sluice.writer.source;

import io.sluice.common.config.Settings;
import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Which stream is read, and from where when nothing of it has been committed yet.
 *
 * @param startAt null unless the position is {@link InitialPosition#AT_TIMESTAMP}
 */
public record SourceConfig(
    String stream, InitialPosition initialPosition, Instant startAt, ReadLimits limits)
    implements Serializable {
  /** Where the first start of a batch folder begins. Later starts go on from its marks. */
  public enum InitialPosition {
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP
  }

  public SourceConfig {
    if ((initialPosition == InitialPosition.AT_TIMESTAMP) != (startAt != null)) {
      throw new IllegalArgumentException(
          "start-at belongs to initial-position = at-timestamp, and only to it");
    }
  }

  /** Reads a section {@code source { stream, initial-position, start-at, limits { ... } }}. */
  public static SourceConfig read(Settings settings) {
    String stream = settings.string("stream");
    InitialPosition position =
        settings.oneOf("initial-position", InitialPosition.class, InitialPosition.LATEST);
    Instant startAt = settings.optionalParsed("start-at", SourceConfig::instant).orElse(null);
    ReadLimits limits = settings.section("limits", ReadLimits::read);
    return settings.valid(() -> new SourceConfig(stream, position, startAt, limits));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be a time such as 2026-11-22T05:00:00Z", e);
    }
  }
}
