package io.sluice.stack.redshift.fault;

import static io.sluice.stack.fault.Fault.DISK_FULL;
import static io.sluice.stack.fault.Fault.HELD_ANSWER;
import static io.sluice.stack.fault.Fault.HOLD;
import static io.sluice.stack.fault.Fault.LOGIN_REFUSED;
import static io.sluice.stack.fault.Fault.LOST_AFTER_COMMIT;
import static io.sluice.stack.fault.Fault.LOST_BEFORE_COMMIT;
import static io.sluice.stack.fault.Fault.LOST_DURING_COMMIT;
import static io.sluice.stack.fault.Fault.LOST_IN_COPY;
import static io.sluice.stack.fault.Fault.PAUSED;
import static io.sluice.stack.fault.Fault.RESET;
import static io.sluice.stack.fault.Fault.RESTART;
import static io.sluice.stack.fault.Fault.S3_ACCESS_DENIED;
import static io.sluice.stack.fault.Fault.S3_ERROR;
import static io.sluice.stack.fault.Fault.SERIALIZATION_CONFLICT;
import static io.sluice.stack.fault.Fault.SLOW_COPY;
import static io.sluice.stack.fault.Fault.STATEMENT_TIMEOUT;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Strike;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.copy.source.ObjectException.Kind;
import io.sluice.stack.redshift.fault.Verdict.Action;
import io.sluice.stack.redshift.wire.ServerError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Asks, at each moment of a session at which one can strike, for the faults that were ordered.
 * Thread-safe.
 */
public final class SessionFaults {
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(10);
  private static final Duration USUAL_RESTART = Duration.ofSeconds(3);
  private static final Duration USUAL_SLOWNESS = Duration.ofSeconds(5);

  private static final Duration USUAL_HOLD = Duration.ofMinutes(1);

  private static final Set<Fault> AT_LOGIN = Set.of(HOLD, RESET, LOGIN_REFUSED, PAUSED, RESTART);
  private static final Set<Fault> BEFORE_STATEMENT = Set.of(HOLD, RESET);
  private static final Set<Fault> BEFORE_COPY = Set.of(RESET);
  private static final Set<Fault> AT_COPY =
      Set.of(
          HOLD,
          SERIALIZATION_CONFLICT,
          STATEMENT_TIMEOUT,
          DISK_FULL,
          LOST_IN_COPY,
          SLOW_COPY,
          PAUSED,
          RESTART);
  private static final Set<Fault> AT_COMMIT =
      Set.of(
          LOST_BEFORE_COMMIT,
          LOST_DURING_COMMIT,
          SERIALIZATION_CONFLICT,
          STATEMENT_TIMEOUT,
          DISK_FULL,
          PAUSED,
          RESTART);

  private static final Set<Fault> AFTER_COMMIT = Set.of(LOST_AFTER_COMMIT, HELD_ANSWER);

  private final Faults faults;

  /** Asks {@code faults}. */
  public SessionFaults(Faults faults) {
    this.faults = faults;
  }

  /** Whether anything is ordered that may still strike a session. */
  public boolean threaten() {
    return faults.threaten(StandIn.REDSHIFT);
  }

  /** A client has shown a right password. */
  public Verdict login(String user) {
    return ask("CONNECT", user, AT_LOGIN)
        .map(strike -> verdict(strike, 0, user))
        .orElse(Verdict.PROCEED);
  }

  /** A statement has come that has not reached the database, of this command about this table. */
  public Verdict statement(String command, String table) {
    if (!HOLD.operations(StandIn.REDSHIFT).contains(command)) {
      return Verdict.PROCEED;
    }
    return ask(command, table, command.equals("COPY") ? BEFORE_COPY : BEFORE_STATEMENT)
        .map(strike -> verdict(strike, 0, table))
        .orElse(Verdict.PROCEED);
  }

  /** A COPY is about to look for its files. */
  public Verdict copy(int sessionPid, String table) {
    return ask("COPY", table, AT_COPY)
        .map(strike -> verdict(strike, sessionPid, table))
        .orElse(Verdict.PROCEED);
  }

  /**
   * A COMMIT has come that has not reached the database. Whether a connection that is lost during
   * it takes the commit along is decided by chance.
   */
  public Verdict commit(int sessionPid) {
    return ask("COMMIT", "", AT_COMMIT)
        .map(strike -> verdict(strike, sessionPid, ""))
        .orElse(Verdict.PROCEED);
  }

  /** The database has committed, and the client has not heard of it. */
  public Verdict committed() {
    return ask("COMMIT", "", AFTER_COMMIT)
        .map(strike -> verdict(strike, 0, ""))
        .orElse(Verdict.PROCEED);
  }

  /** A COPY reads more of an object. */
  public void read(String bucket, String key) throws ObjectException {
    Optional<Strike> strike =
        ask("GetObject", bucket + "/" + key, Set.of(S3_ERROR, S3_ACCESS_DENIED));
    if (strike.isPresent()) {
      Kind kind = strike.get().fault() == S3_ERROR ? Kind.SLOW_DOWN : Kind.ACCESS_DENIED;
      throw new ObjectException(kind, "s3://" + bucket + "/" + key);
    }
  }

  /** Whether an order has not been withdrawn. */
  public boolean isInForce(long order) {
    return faults.report(order).isPresent();
  }

  private Optional<Strike> ask(String operation, String resource, Set<Fault> possible) {
    return faults.strike(Call.of(StandIn.REDSHIFT, operation, resource), possible);
  }

  private static Verdict verdict(Strike strike, int pid, String resource) {
    return switch (strike.fault()) {
      case LOGIN_REFUSED -> Verdict.failing(refusedLogin(resource));
      case SERIALIZATION_CONFLICT -> Verdict.failing(conflict(pid));
      case STATEMENT_TIMEOUT ->
          Verdict.failing(
              ServerError.error("57014", "Query (" + pid + ") cancelled on user's request"));
      case DISK_FULL ->
          Verdict.failing(CopyFailure.internal("53100", 1016, "Disk Full", "node: 0").error());
      case HOLD, HELD_ANSWER -> Verdict.hold(strike.delayOr(USUAL_HOLD), strike.id());
      case RESET, LOST_BEFORE_COMMIT, LOST_AFTER_COMMIT -> Verdict.of(Action.LOSE_FIRST);
      case LOST_DURING_COMMIT ->
          Verdict.of(strike.luck() < 0.5 ? Action.LOSE_MEANWHILE : Action.LOSE_FIRST);
      case LOST_IN_COPY -> Verdict.of(Action.LOSE_MEANWHILE);
      case SLOW_COPY -> Verdict.lasting(Action.WAIT, strike.delayOr(USUAL_SLOWNESS));
      case PAUSED -> outage(Action.PAUSE, strike, USUAL_PAUSE);
      case RESTART -> outage(Action.RESTART, strike, USUAL_RESTART);
      default -> throw new IllegalArgumentException(strike.fault() + " is no fault of a session");
    };
  }

  private static Verdict outage(Action action, Strike strike, Duration usual) {
    return Verdict.outage(action, strike.delayOr(usual), strike.id());
  }

  private static ServerError refusedLogin(String user) {
    return ServerError.fatal("28000", "password authentication failed for user \"" + user + "\"");
  }

  private static ServerError conflict(int pid) {
    return ServerError.error("XX000", "1023")
        .withDetail(
            "Serializable isolation violation on table - 100001, transactions forming the cycle"
                + " are: 2001, 2002 (pid:%d)".formatted(pid));
  }
}
