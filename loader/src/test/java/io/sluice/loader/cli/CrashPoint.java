package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;

/** The points on a batch's way from receive to delete, and how a loader meets a fault at each. */
public enum CrashPoint {
  /** The queue has handed the message out, the loader has not got it. */
  RECEIVED(StandIn.SQS, "ReceiveMessage", Fault.HELD_ANSWER, Fault.LOST_ANSWER),
  /** The message is held, no session is open. */
  HELD(StandIn.REDSHIFT, "CONNECT", Fault.HOLD, Fault.RESET),
  SESSION_OPENED(StandIn.REDSHIFT, "LOCK", Fault.HOLD, Fault.RESET),
  LOCKED(StandIn.REDSHIFT, "SELECT", Fault.HOLD, Fault.RESET),
  LEDGER_READ(StandIn.REDSHIFT, "COPY", Fault.HOLD, Fault.RESET),
  IN_COPY(StandIn.REDSHIFT, "COPY", Fault.HOLD, Fault.LOST_IN_COPY),
  /** COPY is done, the ledger's rows are not written. */
  COPIED(StandIn.REDSHIFT, "INSERT", Fault.HOLD, Fault.RESET),
  /** COMMIT is on its way and has not happened. */
  COMMIT_SENT(StandIn.REDSHIFT, "COMMIT", Fault.HOLD, Fault.LOST_BEFORE_COMMIT),
  /** COMMIT has happened, and the loader has not heard of it. */
  COMMITTED(StandIn.REDSHIFT, "COMMIT", Fault.HELD_ANSWER, Fault.LOST_AFTER_COMMIT),
  /** The loader knows of the commit, the message is not deleted. */
  DELETE_DUE(StandIn.SQS, "DeleteMessageBatch", Fault.HOLD, Fault.RESET),
  /** The message is deleted, and the loader has not heard of it. */
  DELETED(StandIn.SQS, "DeleteMessageBatch", Fault.HELD_ANSWER, Fault.LOST_ANSWER);

  /** Beyond any test: what is held is killed or let go. */
  private static final Duration FOR_GOOD = Duration.ofMinutes(10);

  private final StandIn standIn;
  private final String operation;
  private final Fault hold;
  private final Fault loss;

  CrashPoint(StandIn standIn, String operation, Fault hold, Fault loss) {
    this.standIn = standIn;
    this.operation = operation;
    this.hold = hold;
    this.loss = loss;
  }

  /** Makes the loader of this table stand still here until the order is withdrawn. */
  FaultOrder hold(LoaderPlace place, TableName table) {
    // COPY itself is held only at its table, with the manifest in place.
    FaultOrder order =
        this == LEDGER_READ
            ? FaultOrder.of(StandIn.S3, Fault.HOLD).at("PutObject").on(copyManifests(place))
            : FaultOrder.of(standIn, hold).at(operation).on(resource(place, table));
    return order.lasting(FOR_GOOD);
  }

  /** Breaks the loader's connection here. */
  FaultOrder loss(LoaderPlace place, TableName table) {
    FaultOrder order = FaultOrder.of(standIn, loss).at(operation).on(resource(place, table));
    // One lost request would be sent again by the SDK at once.
    return this == DELETE_DUE ? order.always() : order;
  }

  /** Whether the batch is loaded here. */
  boolean isLoaded() {
    return compareTo(COMMITTED) >= 0;
  }

  /** Whether the loader has the table's lock and will load. */
  boolean isLocked() {
    return compareTo(LOCKED) >= 0 && compareTo(COMMIT_SENT) <= 0;
  }

  /** What an order of this operation can name. */
  private String resource(LoaderPlace place, TableName table) {
    return switch (operation) {
      case "CONNECT" -> place.stack().redshift().user();
      case "LOCK" -> "lock_*" + table.table() + "*";
      case "SELECT", "INSERT" -> "ledger";
      case "COPY" -> table.table();
      case "COMMIT" -> "";
      default -> place.queues().url().substring(place.queues().url().lastIndexOf('/') + 1);
    };
  }

  private static String copyManifests(LoaderPlace place) {
    BatchFolder folder = place.landed().folder();
    return folder.bucket() + "/" + folder.key("_copy/*");
  }
}
