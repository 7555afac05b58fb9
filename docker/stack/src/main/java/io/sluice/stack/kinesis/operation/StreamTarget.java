package io.sluice.stack.kinesis.operation;

import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;

/** A request that names its stream, by name or by ARN. */
interface StreamTarget extends Request {
  /** The name; null if the ARN is given. */
  String streamName();

  /** The ARN; null if the name is given. */
  String streamArn();

  @Override
  default String stream() {
    return streamName() == null && streamArn() != null ? nameIn(streamArn()) : streamName();
  }

  /** The stream's name, from whichever the caller gave. */
  default String requiredStream() {
    if (streamName() == null && streamArn() == null) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT, "Either StreamName or StreamARN must be provided.");
    }
    String name = stream();
    new Validation().streamName("streamName", name).check();
    if (streamArn() != null && !nameIn(streamArn()).equals(name)) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT, "StreamName and StreamARN do not name the same stream.");
    }
    return name;
  }

  private static String nameIn(String arn) {
    int slash = arn.indexOf(":stream/");
    if (!arn.startsWith("arn:") || slash < 0) {
      throw new KinesisException(
          Kind.VALIDATION,
          "1 validation error detected: Value '%s' at 'streamARN' failed to satisfy constraint: "
                  .formatted(arn)
              + "Member must satisfy regular expression pattern:"
              + " arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
    }
    return arn.substring(slash + ":stream/".length());
  }
}
