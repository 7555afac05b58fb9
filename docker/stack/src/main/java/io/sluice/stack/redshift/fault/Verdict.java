package io.sluice.stack.redshift.fault;

import io.sluice.stack.redshift.wire.ServerError;
import java.time.Duration;

/**
 * What happens at one moment of a session.
 *
 * @param error what the client is told, if the statement or the login fails
 * @param duration how long a wait or an outage lasts
 * @param order whose strike it is, 0 where that does not matter
 */
public record Verdict(Action action, ServerError error, Duration duration, long order) {
  /** No fault. */
  public static final Verdict PROCEED = of(Action.PROCEED);

  /** Kinds of verdicts. */
  public enum Action {
    PROCEED,
    /** The statement or the login fails with the error. */
    FAIL,
    /** The statement waits first. */
    WAIT,
    /** The statement or the answer waits until the order is withdrawn or the time is over. */
    HOLD,
    /** The connection is lost before anything is done. */
    LOSE_FIRST,
    /** The connection is lost while the database is at work. */
    LOSE_MEANWHILE,
    /** All sessions are lost, and connections are closed without a word until the end. */
    PAUSE,
    /** All sessions are lost, and logins are refused until the end. */
    RESTART
  }

  /** A verdict that needs no more words. */
  static Verdict of(Action action) {
    return new Verdict(action, null, Duration.ZERO, 0);
  }

  /** A failure that the client is told. */
  static Verdict failing(ServerError error) {
    return new Verdict(Action.FAIL, error, Duration.ZERO, 0);
  }

  /** A verdict that takes time. */
  static Verdict lasting(Action action, Duration duration) {
    return new Verdict(action, null, duration, 0);
  }

  /** A wait that ends before its time when the order is withdrawn. */
  static Verdict hold(Duration duration, long order) {
    return new Verdict(Action.HOLD, null, duration, order);
  }

  /** An outage, which ends before its time when the order is withdrawn. */
  static Verdict outage(Action action, Duration duration, long order) {
    return new Verdict(action, null, duration, order);
  }
}
