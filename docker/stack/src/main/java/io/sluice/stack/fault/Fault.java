package io.sluice.stack.fault;

import static io.sluice.stack.fault.StandIn.DYNAMODB;
import static io.sluice.stack.fault.StandIn.KINESIS;
import static io.sluice.stack.fault.StandIn.REDSHIFT;
import static io.sluice.stack.fault.StandIn.S3;
import static io.sluice.stack.fault.StandIn.SQS;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can go wrong on order, where, and what the caller then sees. */
public enum Fault {
  SLOW_DOWN("503 SlowDown; the request is not carried out", S3),
  THROTTLE(
      "the service's throttling error (SQS RequestThrottled, DynamoDB and Kinesis"
          + " ProvisionedThroughputExceededException); the call is not carried out",
      SQS,
      DYNAMODB,
      KINESIS),
  INTERNAL_ERROR("500; the call is not carried out", S3, SQS, DYNAMODB, KINESIS),
  LATENCY(
      "the call waits for the delay (1s unless told), then goes on", S3, SQS, DYNAMODB, KINESIS),
  HOLD(
      "the call waits until the order is withdrawn, for the delay (1m unless told) at most, then"
          + " goes on; a statement of Redshift whose client has ended meanwhile does not",
      S3,
      SQS,
      DYNAMODB,
      REDSHIFT),
  RESET(
      "the connection is reset: an upload or a statement before it is carried out, an answer in"
          + " mid-body",
      S3,
      SQS,
      DYNAMODB,
      REDSHIFT),
  LOST_ANSWER(
      "the call is carried out and its answer never comes, the connection is reset; with status=412"
          + " only such an answer is lost",
      S3,
      SQS,
      DYNAMODB,
      KINESIS),
  HELD_ANSWER(
      "the call is carried out, and its answer waits until the order is withdrawn, for the delay (1m"
          + " unless told) at most",
      S3,
      SQS,
      DYNAMODB,
      REDSHIFT),
  EXPIRED_ITERATOR("GetRecords says ExpiredIteratorException", KINESIS),
  PARTIAL_FAILURE("a record of PutRecords fails and is not stored, the others are", KINESIS),
  DUPLICATE("a message that was received is received once more, by the same message id", SQS),
  DELAY("a message becomes visible only after the delay (5s unless told, whole seconds)", SQS),
  REORDER("a message is held back for the delay (1s), so that later ones overtake it", SQS),
  LOSS("a message is acknowledged to its sender and never delivered", SQS),
  LOGIN_REFUSED("28000 password authentication failed", REDSHIFT),
  PAUSED(
      "the cluster is paused: all sessions are lost, connections closed at once until the delay"
          + " (10s) is over",
      REDSHIFT),
  RESTART(
      "the cluster restarts: all sessions are lost, new ones refused until the delay (3s) is over",
      REDSHIFT),
  LOST_BEFORE_COMMIT(
      "the connection is lost, COMMIT does not reach the cluster (a COMMIT of its own: a statement in"
          + " autocommit has none)",
      REDSHIFT),
  LOST_DURING_COMMIT(
      "the connection is lost while COMMIT runs: it may or may not have happened", REDSHIFT),
  LOST_AFTER_COMMIT("the cluster commits, the connection is lost before it says so", REDSHIFT),
  LOST_IN_COPY("the connection is lost in mid-COPY", REDSHIFT),
  SERIALIZATION_CONFLICT("1023 Serializable isolation violation", REDSHIFT),
  STATEMENT_TIMEOUT("57014 Query cancelled on user's request", REDSHIFT),
  DISK_FULL("53100 Disk Full", REDSHIFT),
  S3_ERROR("COPY fails for an S3 error that passes: 8001, 503 SlowDown", REDSHIFT),
  S3_ACCESS_DENIED("COPY fails for an S3 error that stays: 8001, 403 AccessDenied", REDSHIFT),
  SLOW_COPY("COPY waits for the delay (5s unless told) before it reads", REDSHIFT);

  private static final Set<Fault> LASTING =
      EnumSet.of(LATENCY, HOLD, HELD_ANSWER, DELAY, REORDER, PAUSED, RESTART, SLOW_COPY);

  /** What can be held or lost on its way to the cluster. */
  private static final List<String> TO_THE_CLUSTER =
      List.of("CONNECT", "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "LOCK", "COPY", "COMMIT");

  private final String effect;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of gives an immutable one.
  private final Set<StandIn> standIns;

  Fault(String effect, StandIn... standIns) {
    this.effect = effect;
    this.standIns = Set.of(standIns);
  }

  /** What happens, in a sentence for people. */
  public String effect() {
    return effect;
  }

  /** Whether this can go wrong there. */
  public boolean isOf(StandIn standIn) {
    return standIns.contains(standIn);
  }

  /** Whether a delay says how long it lasts. */
  public boolean lasts() {
    return LASTING.contains(this);
  }

  /** The actions at which it can strike there. */
  public List<String> operations(StandIn standIn) {
    return switch (this) {
      case EXPIRED_ITERATOR -> List.of("GetRecords");
      case PARTIAL_FAILURE -> List.of("PutRecords");
      case DUPLICATE, REORDER, LOSS -> List.of("ReceiveMessage");
      case DELAY -> List.of("SendMessage", "SendMessageBatch");
      case LOGIN_REFUSED -> List.of("CONNECT");
      case LOST_BEFORE_COMMIT, LOST_DURING_COMMIT, LOST_AFTER_COMMIT -> List.of("COMMIT");
      case LOST_IN_COPY, SLOW_COPY -> List.of("COPY");
      case SERIALIZATION_CONFLICT, STATEMENT_TIMEOUT, DISK_FULL -> List.of("COPY", "COMMIT");
      case PAUSED, RESTART -> List.of("CONNECT", "COPY", "COMMIT");
      case S3_ERROR, S3_ACCESS_DENIED -> List.of("GetObject");
      case HOLD, RESET -> standIn == REDSHIFT ? TO_THE_CLUSTER : standIn.operations();
      case HELD_ANSWER -> standIn == REDSHIFT ? List.of("COMMIT") : standIn.operations();
      case SLOW_DOWN, THROTTLE, INTERNAL_ERROR, LATENCY, LOST_ANSWER -> standIn.operations();
    };
  }

  /** The name that people type, such as {@code slow-down}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
