package io.sluice.acceptance.loads;

import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** What happens to two loaders. */
enum LoadFault {
  LOADER_KILLED,
  LOADER_STOPPED,
  RECEIVE_THROTTLED(StandIn.SQS, Fault.THROTTLE, "ReceiveMessage"),
  MESSAGE_LOST(StandIn.SQS, Fault.LOSS, "ReceiveMessage"),
  MESSAGE_DOUBLED(StandIn.SQS, Fault.DUPLICATE, "ReceiveMessage"),
  DELETE_FAILED(StandIn.SQS, Fault.INTERNAL_ERROR, "DeleteMessageBatch"),
  DELETE_ANSWER_LOST(StandIn.SQS, Fault.LOST_ANSWER, "DeleteMessageBatch"),
  READ_SLOWED_DOWN(StandIn.S3, Fault.SLOW_DOWN, "GetObject", "_manifests/*"),
  READ_RESET(StandIn.S3, Fault.RESET, "GetObject", "_manifests/*"),
  COPY_MANIFEST_FAILED(StandIn.S3, Fault.INTERNAL_ERROR, "PutObject", "_copy/*"),
  LOGIN_REFUSED(StandIn.REDSHIFT, Fault.LOGIN_REFUSED, "CONNECT"),
  WAREHOUSE_RESTARTED(StandIn.REDSHIFT, Fault.RESTART, "COPY"),
  LOST_BEFORE_COMMIT(StandIn.REDSHIFT, Fault.LOST_BEFORE_COMMIT, "COMMIT"),
  LOST_DURING_COMMIT(StandIn.REDSHIFT, Fault.LOST_DURING_COMMIT, "COMMIT"),
  LOST_AFTER_COMMIT(StandIn.REDSHIFT, Fault.LOST_AFTER_COMMIT, "COMMIT"),
  LOST_IN_COPY(StandIn.REDSHIFT, Fault.LOST_IN_COPY, "COPY"),
  CONFLICT_IN_COPY(StandIn.REDSHIFT, Fault.SERIALIZATION_CONFLICT, "COPY"),
  CONFLICT_AT_COMMIT(StandIn.REDSHIFT, Fault.SERIALIZATION_CONFLICT, "COMMIT"),
  TIMEOUT(StandIn.REDSHIFT, Fault.STATEMENT_TIMEOUT, "COPY"),
  DISK_FULL(StandIn.REDSHIFT, Fault.DISK_FULL, "COPY"),
  COPY_S3_ERROR(StandIn.REDSHIFT, Fault.S3_ERROR, "GetObject"),
  COPY_S3_DENIED(StandIn.REDSHIFT, Fault.S3_ACCESS_DENIED, "GetObject"),
  COPY_SLOW(StandIn.REDSHIFT, Fault.SLOW_COPY, "COPY");

  private static final Duration WHILE = Duration.ofSeconds(2);

  private final StandIn standIn;
  private final Fault fault;
  private final String operation;
  private final String keys;

  LoadFault() {
    this(null, null, null);
  }

  LoadFault(StandIn standIn, Fault fault, String operation) {
    this(standIn, fault, operation, null);
  }

  LoadFault(StandIn standIn, Fault fault, String operation, String keys) {
    this.standIn = standIn;
    this.fault = fault;
    this.operation = operation;
    this.keys = keys;
  }

  /** Empty when it happens to a loader itself. */
  Optional<FaultOrder> order(Random random) {
    if (standIn == null) {
      return Optional.empty();
    }
    FaultOrder order = FaultOrder.of(standIn, fault).at(operation).times(1 + random.nextInt(2));
    if (keys != null) {
      order = order.on(LoadPlace.FOLDER.bucket() + "/" + LoadPlace.FOLDER.key(keys));
    }
    return Optional.of(fault.lasts() ? order.lasting(WHILE) : order);
  }
}
