package io.sluice.stack.kinesis.operation;

import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with a request and says it in one message, as the service does. */
final class Validation {
  private static final Pattern STREAM_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

  private final List<String> problems = new ArrayList<>();

  Validation required(String member, Object value) {
    return expect(value != null, member, "null", "Member must not be null");
  }

  Validation streamName(String member, String value) {
    boolean valid = value == null || STREAM_NAME.matcher(value).matches();
    return expect(
        valid,
        member,
        "'" + value + "'",
        "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  Validation pattern(String member, String value, Pattern pattern) {
    boolean valid = value == null || pattern.matcher(value).matches();
    return expect(
        valid,
        member,
        "'" + value + "'",
        "Member must satisfy regular expression pattern: " + pattern.pattern());
  }

  Validation atMost(String member, Integer value, int limit) {
    boolean valid = value == null || value <= limit;
    return expect(
        valid, member, "'" + value + "'", "Member must have value less than or equal to " + limit);
  }

  Validation atLeast(String member, Integer value, int limit) {
    boolean valid = value == null || value >= limit;
    return expect(
        valid,
        member,
        "'" + value + "'",
        "Member must have value greater than or equal to " + limit);
  }

  Validation length(String member, int length, int min, int max) {
    expect(
        length >= min,
        member,
        "of length " + length,
        "Member must have length greater than or equal to " + min);
    return expect(
        length <= max,
        member,
        "of length " + length,
        "Member must have length less than or equal to " + max);
  }

  Validation size(String member, Collection<?> value, int min, int max) {
    return value == null ? this : length(member, value.size(), min, max);
  }

  /**
   * Ends the check.
   *
   * @throws KinesisException with all that was found wrong
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new KinesisException(
          Kind.VALIDATION,
          "%d validation error%s detected: %s"
              .formatted(
                  problems.size(), problems.size() == 1 ? "" : "s", String.join("; ", problems)));
    }
  }

  private Validation expect(boolean valid, String member, String value, String constraint) {
    if (!valid) {
      problems.add(
          "Value %s at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint));
    }
    return this;
  }
}
