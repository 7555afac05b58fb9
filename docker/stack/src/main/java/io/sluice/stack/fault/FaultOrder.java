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

  /** Amazon SQS API Reference, SendMessage: DelaySeconds. */
  private static final Duration LONGEST_IN_A_QUEUE = Duration.ofMinutes(15);

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
    checkOperation(standIn, fault, calls);
    checkStatus(standIn, fault, calls);
    delay.ifPresent(length -> checkDelay(fault, length));
  }

  /** An order that can never strike would let a test pass for the wrong reason. */
  private static void checkOperation(StandIn standIn, Fault fault, CallPattern calls) {
    if (fault.operations(standIn).stream().noneMatch(calls::fitsOperation)) {
      throw new IllegalArgumentException(
          "operation '%s' is none at which %s can strike in %s: %s"
              .formatted(
                  calls.operation(),
                  fault.wireName(),
                  standIn.wireName(),
                  String.join(", ", fault.operations(standIn))));
    }
  }

  private static void checkStatus(StandIn standIn, Fault fault, CallPattern calls) {
    if (calls.status().isPresent() && (fault != Fault.LOST_ANSWER || standIn == StandIn.KINESIS)) {
      throw new IllegalArgumentException(
          "a status is known only to %s of s3, sqs and dynamodb, not to %s of %s"
              .formatted(Fault.LOST_ANSWER.wireName(), fault.wireName(), standIn.wireName()));
    }
  }

  private static void checkDelay(Fault fault, Duration delay) {
    if (!fault.lasts()) {
      throw new IllegalArgumentException("delay means nothing to " + fault.wireName());
    }
    if (delay.isNegative() || delay.isZero()) {
      throw new IllegalArgumentException("delay must be above 0, not " + delay);
    }
    boolean queue = fault == Fault.DELAY || fault == Fault.REORDER;
    if (queue
        && (!delay.equals(Duration.ofSeconds(delay.toSeconds()))
            || delay.compareTo(LONGEST_IN_A_QUEUE) > 0)) {
      throw new IllegalArgumentException(
          "delay of %s must be whole seconds up to 15m, as SQS has it, not %s"
              .formatted(fault.wireName(), delay));
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
