package io.sluice.stack.kinesis.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Where the next page of a list begins: after which item of which stream (empty for the list of
 * streams), and when the token was given out. It is valid for five minutes.
 */
record PageToken(String stream, String after, String filter, Instant issuedAt) {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String SEPARATOR = "\n";

  String encode() {
    String text =
        String.join(SEPARATOR, stream, after, filter, String.valueOf(issuedAt.toEpochMilli()));
    return Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8));
  }

  static PageToken decode(String token, Instant now) {
    PageToken decoded = decode(token);
    if (now.isAfter(decoded.issuedAt.plus(LIFETIME))) {
      throw new KinesisException(Kind.EXPIRED_NEXT_TOKEN, "NextToken is expired");
    }
    return decoded;
  }

  private static PageToken decode(String token) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split(SEPARATOR, -1);
      if (parts.length != 4) {
        throw new KinesisException(Kind.INVALID_ARGUMENT, "NextToken is invalid");
      }
      Instant issuedAt = Instant.ofEpochMilli(Long.parseLong(parts[3]));
      return new PageToken(parts[0], parts[1], parts[2], issuedAt);
    } catch (IllegalArgumentException e) {
      throw new KinesisException(Kind.INVALID_ARGUMENT, "NextToken is invalid", e);
    }
  }
}
