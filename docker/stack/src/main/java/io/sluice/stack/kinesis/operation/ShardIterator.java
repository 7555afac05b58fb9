package io.sluice.stack.kinesis.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A position in a shard as callers carry it: opaque to them, valid for five minutes
 * ("GetShardIterator"), bound to the stream by name and creation time.
 */
record ShardIterator(
    String stream, Instant streamCreatedAt, String shardId, long position, Instant issuedAt) {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String SEPARATOR = "\n";

  String encode() {
    String text =
        String.join(
            SEPARATOR,
            stream,
            String.valueOf(streamCreatedAt.toEpochMilli()),
            shardId,
            String.valueOf(position),
            String.valueOf(issuedAt.toEpochMilli()));
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  static ShardIterator decode(String text) {
    try {
      String[] parts = new String(Base64.getDecoder().decode(text), UTF_8).split(SEPARATOR, -1);
      if (parts.length != 5) {
        throw new KinesisException(Kind.INVALID_ARGUMENT, "Invalid ShardIterator.");
      }
      return new ShardIterator(
          parts[0],
          Instant.ofEpochMilli(Long.parseLong(parts[1])),
          parts[2],
          Long.parseLong(parts[3]),
          Instant.ofEpochMilli(Long.parseLong(parts[4])));
    } catch (IllegalArgumentException e) {
      throw new KinesisException(Kind.INVALID_ARGUMENT, "Invalid ShardIterator.", e);
    }
  }

  void checkAge(Instant now) {
    Duration age = Duration.between(issuedAt, now);
    if (age.compareTo(LIFETIME) > 0) {
      throw new KinesisException(
          Kind.EXPIRED_ITERATOR,
          ("Iterator expired. The iterator was created at time %s while right now it is %s which"
                  + " is further in the future than the tolerated delay of %d milliseconds.")
              .formatted(issuedAt, now, LIFETIME.toMillis()));
    }
  }

  ShardIterator movedTo(long newPosition, Instant now) {
    return new ShardIterator(stream, streamCreatedAt, shardId, newPosition, now);
  }
}
