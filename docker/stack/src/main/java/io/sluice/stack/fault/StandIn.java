package io.sluice.stack.fault;

import java.util.Locale;

/** The parts of the stack, by the names that people type. */
public enum StandIn {
  S3,
  SQS,
  DYNAMODB,
  KINESIS,
  REDSHIFT;

  /** The name in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
