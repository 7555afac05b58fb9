package io.sluice.stack.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An order for a fault: what, where, at which calls and how often. By default it strikes the next
 * call.
 *
 * @param delay how long what has a length takes; each fault has its own default
 */
public record FaultOrder(
    StandIn standIn,
    Fault fault,
    CallPattern calls,
    Occurrence occurrence,
    Optional<Duration> delay) {

  /** Checks that the fault exists there and that nothing is missing. */
  public FaultOrder {
    requireNonNull(standIn, "standIn");
    requireNonNull(fault, "fault");
    requireNonNull(calls, "calls");
    requireNonNull(occurrence, "occurrence");
    requireNonNull(delay, "delay");
    if (!fault.isOf(standIn)) {
      throw new IllegalArgumentException(
          "%s has no fault %s".formatted(standIn.wireName(), fault.wireName()));
    }
    if (calls.status().isPresent() && fault != Fault.LOST_ANSWER) {
      throw new IllegalArgumentException(
          "a status is known only to %s, not to %s"
              .formatted(Fault.LOST_ANSWER.wireName(), fault.wireName()));
    }
    if (delay.filter(d -> d.isNegative() || d.isZero()).isPresent()) {
      throw new IllegalArgumentException("delay must be above 0, not " + delay.get());
    }
  }

  /** An order for the next call, whichever it is. */
  public static FaultOrder of(StandIn standIn, Fault fault) {
    return new FaultOrder(standIn, fault, CallPattern.ANY, Occurrence.ONCE, Optional.empty());
  }

  /** Only calls of this action; {@code *} stands for any run of characters. */
  public FaultOrder at(String operation) {
    return calls(new CallPattern(operation, calls.resource(), calls.status()));
  }

  /** Only calls about this, see {@link Call#resource}; {@code *} stands for any characters. */
  public FaultOrder on(String resource) {
    return calls(new CallPattern(calls.operation(), resource, calls.status()));
  }

  /** Only answers with this HTTP status. */
  public FaultOrder answeredWith(int status) {
    return calls(new CallPattern(calls.operation(), calls.resource(), OptionalInt.of(status)));
  }

  /** After so many fitting calls have passed. */
  public FaultOrder after(long skip) {
    return occurrence(new Occurrence(skip, occurrence.times(), occurrence.probability()));
  }

  /** At most so many times. */
  public FaultOrder times(long times) {
    return occurrence(new Occurrence(occurrence.skip(), times, occurrence.probability()));
  }

  /** Until it is withdrawn. */
  public FaultOrder always() {
    return times(Occurrence.UNLIMITED);
  }

  /** At each fitting call with this probability, until it is withdrawn or a limit is reached. */
  public FaultOrder withProbability(double probability) {
    long times = occurrence.times() == 1 ? Occurrence.UNLIMITED : occurrence.times();
    return occurrence(new Occurrence(occurrence.skip(), times, probability));
  }

  /** For so long. */
  public FaultOrder lasting(Duration delay) {
    return new FaultOrder(standIn, fault, calls, occurrence, Optional.of(delay));
  }

  private FaultOrder calls(CallPattern calls) {
    return new FaultOrder(standIn, fault, calls, occurrence, delay);
  }

  private FaultOrder occurrence(Occurrence occurrence) {
    return new FaultOrder(standIn, fault, calls, occurrence, delay);
  }
}
