package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.Shard;
import io.sluice.stack.kinesis.store.Stream;
import java.time.Instant;
import java.util.function.Predicate;

/** Which shards ListShards gives ("ShardFilter" of the Kinesis API Reference). */
record ShardFilter(
    @JsonProperty("Type") Type type,
    @JsonProperty("ShardId") String shardId,
    @JsonProperty("Timestamp") Instant timestamp) {

  enum Type {
    AFTER_SHARD_ID,
    AT_TRIM_HORIZON,
    FROM_TRIM_HORIZON,
    AT_LATEST,
    AT_TIMESTAMP,
    FROM_TIMESTAMP
  }

  /** The test that a shard must pass. */
  Predicate<Shard> on(Stream stream) {
    new Validation().required("shardFilter.type", type).check();
    return switch (type) {
      case AFTER_SHARD_ID -> {
        String after = required("ShardId", shardId);
        yield shard -> shard.id().compareTo(after) > 0;
      }
      case AT_LATEST -> Shard::isOpen;
      case AT_TRIM_HORIZON -> openAt(stream.trimHorizon());
      case FROM_TRIM_HORIZON -> openAtOrAfter(stream.trimHorizon());
      case AT_TIMESTAMP -> openAt(within(stream));
      case FROM_TIMESTAMP -> openAtOrAfter(within(stream));
    };
  }

  /** A filter as a word, and back: page tokens carry it. */
  String encode() {
    return type
        + "|"
        + (shardId == null ? "" : shardId)
        + "|"
        + (timestamp == null ? "" : timestamp.toEpochMilli());
  }

  static ShardFilter decode(String text) {
    String[] parts = text.split("\\|", -1);
    return new ShardFilter(
        Type.valueOf(parts[0]),
        parts[1].isEmpty() ? null : parts[1],
        parts[2].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts[2])));
  }

  /** A time before the trim horizon means the trim horizon. */
  private Instant within(Stream stream) {
    Instant wanted = required("Timestamp", timestamp);
    Instant horizon = stream.trimHorizon();
    return wanted.isBefore(horizon) ? horizon : wanted;
  }

  private static Predicate<Shard> openAt(Instant time) {
    return shard -> !shard.openedAt().isAfter(time) && openAtOrAfter(time).test(shard);
  }

  private static Predicate<Shard> openAtOrAfter(Instant time) {
    return shard -> shard.closedAt().map(closed -> !closed.isBefore(time)).orElse(true);
  }

  private <T> T required(String member, T value) {
    if (value == null) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Must specify %s parameter for shard filter type %s.".formatted(member, type));
    }
    return value;
  }
}
