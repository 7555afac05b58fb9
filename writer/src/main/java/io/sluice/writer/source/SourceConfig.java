package io.sluice.writer.source;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Role;
import io.sluice.common.config.Settings;
import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which streams are read, and from where when nothing of them has been committed yet.
 *
 * @param startAt null unless the position is {@link InitialPosition#AT_TIMESTAMP}
 * @param role the role to assume for Kinesis alone, null for that of all services
 */
public record SourceConfig(
    Type type,
    List<String> streams,
    InitialPosition initialPosition,
    Instant startAt,
    Role role,
    DirectConfig direct,
    ReceiverConfig receiver)
    implements Serializable {
  /** The two ways to read a stream. */
  public enum Type {
    /** Tasks ask Kinesis themselves. */
    DIRECT,
    /** Receivers of spark-streaming-kinesis-asl run the Kinesis Client Library. */
    RECEIVER
  }

  /** Where a stream begins that the log knows nothing of. Later starts go on from its marks. */
  public enum InitialPosition {
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP
  }

  public SourceConfig {
    streams = List.copyOf(streams);
    if (streams.stream().distinct().count() != streams.size()) {
      throw new IllegalArgumentException("streams names one twice: " + streams);
    }
    if ((initialPosition == InitialPosition.AT_TIMESTAMP) != (startAt != null)) {
      throw new IllegalArgumentException(
          "start-at belongs to initial-position = at-timestamp, and only to it");
    }
  }

  /**
   * Reads a section {@code source { type, stream or streams, initial-position, start-at, role,
   * limits, pace, prefetch, receiver }}.
   */
  public static SourceConfig read(Settings settings) {
    Type type = settings.oneOf("type", Type.class, Type.DIRECT);
    List<String> streams = streams(settings);
    InitialPosition position =
        settings.oneOf("initial-position", InitialPosition.class, InitialPosition.LATEST);
    Instant startAt = settings.optionalParsed("start-at", SourceConfig::instant).orElse(null);
    Role role = settings.optionalSection("role", Role::read).orElse(null);
    DirectConfig direct = DirectConfig.read(settings);
    ReceiverConfig receiver = settings.section("receiver", ReceiverConfig::read);
    return settings.valid(
        () -> new SourceConfig(type, streams, position, startAt, role, direct, receiver));
  }

  /** How Kinesis is reached: as the other services, unless it has a role of its own. */
  public AwsSettings kinesis(AwsSettings aws) {
    return role == null ? aws : aws.withRole(role);
  }

  /** Exactly one of {@code stream} and {@code streams}. */
  private static List<String> streams(Settings settings) {
    Optional<String> one = settings.optionalString("stream");
    Optional<List<String>> several =
        settings.optionalParsedList("streams", UnaryOperator.identity());
    if (one.isPresent() && several.isPresent()) {
      settings.problem("streams", several.get(), "give stream or streams, not both");
    }
    return several.or(() -> one.map(List::of)).orElseGet(() -> required(settings));
  }

  private static List<String> required(Settings settings) {
    String stream = settings.string("stream");
    return stream == null ? List.of() : List.of(stream);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be a time such as 2026-11-22T05:00:00Z", e);
    }
  }
}
