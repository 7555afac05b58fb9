package io.sluice.acceptance.faults;

import java.util.Locale;

/** What is done to the writer. */
enum FaultKind {
  /** kill -9 of a driver that works, and once more of the next one while it starts. */
  DRIVER_KILLED_AT_START(Lane.PROCESSES),
  /** kill -9 of a driver at any moment of an interval. */
  DRIVER_KILLED_IN_INTERVAL(Lane.PROCESSES),
  /** kill -9 of a driver while its manifest is on its way, or its answer on the way back. */
  DRIVER_KILLED_AT_COMMIT(Lane.PROCESSES),
  EXECUTOR_KILLED(Lane.PROCESSES),
  /** SIGTERM under load; the next run has other settings and the code in another jar. */
  GRACEFUL_STOP(Lane.PROCESSES),
  /** A second driver while the first one works. */
  SECOND_DRIVER(Lane.PROCESSES),
  SPLIT(Lane.PROCESSES),
  MERGE(Lane.PROCESSES),
  RESCALE(Lane.PROCESSES),
  /** 503 and 500 for data files. */
  S3_DATA_ERRORS(Lane.SERVICES),
  /** Uploads of data files are reset. */
  S3_DATA_RESETS(Lane.SERVICES),
  S3_DATA_SLOW(Lane.SERVICES),
  /** 503 and 500 for manifests. */
  S3_MANIFEST_ERRORS(Lane.SERVICES),
  S3_MANIFEST_SLOW(Lane.SERVICES),
  /** The manifest is written, and nobody says so. */
  COMMIT_ANSWER_LOST(Lane.SERVICES),
  SQS_DOWN(Lane.SERVICES),
  KINESIS_THROTTLED(Lane.SERVICES),
  KINESIS_ERRORS(Lane.SERVICES),
  KINESIS_ITERATORS_EXPIRED(Lane.SERVICES),
  /** Of the receiver's leases: the direct source does not use DynamoDB. */
  DYNAMODB_THROTTLED(Lane.SERVICES);

  /** The faults of a lane come one after another, beside those of the other lane. */
  enum Lane {
    PROCESSES,
    SERVICES
  }

  private final Lane lane;

  FaultKind(Lane lane) {
    this.lane = lane;
  }

  Lane lane() {
    return lane;
  }

  /** For people. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
