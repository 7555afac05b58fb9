package io.sluice.stack.kinesis.operation;

import static io.sluice.stack.fault.Fault.EXPIRED_ITERATOR;
import static io.sluice.stack.fault.Fault.INTERNAL_ERROR;
import static io.sluice.stack.fault.Fault.LATENCY;
import static io.sluice.stack.fault.Fault.LOST_ANSWER;
import static io.sluice.stack.fault.Fault.PARTIAL_FAILURE;
import static io.sluice.stack.fault.Fault.THROTTLE;

import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.time.Duration;
import java.util.Set;

/** The faults of Kinesis that were ordered. */
public final class OrderedFaults implements CallFaults {
  private static final Duration USUAL_LATENCY = Duration.ofSeconds(1);
  private static final Set<Fault> REFUSALS = Set.of(THROTTLE, INTERNAL_ERROR);

  private final Faults faults;

  /** Asks {@code faults} at every call. */
  public OrderedFaults(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void before(Call call) {
    io.sluice.stack.fault.Call asked = asked(call);
    faults.strike(asked, LATENCY).ifPresent(strike -> await(strike.delayOr(USUAL_LATENCY)));
    faults.strike(asked, REFUSALS).ifPresent(strike -> refuse(strike.fault(), call));
    if (call.operation().equals("GetRecords")
        && faults.strike(asked, EXPIRED_ITERATOR).isPresent()) {
      throw new KinesisException(
          Kind.EXPIRED_ITERATOR,
          "Iterator expired. The iterator was created more than 5 minutes ago, as ordered.");
    }
  }

  @Override
  public void after(Call call) {
    if (faults.strike(asked(call), LOST_ANSWER).isPresent()) {
      throw new AnswerLost();
    }
  }

  @Override
  public void beforeRecord(Call call, String partitionKey) {
    faults.strike(asked(call), PARTIAL_FAILURE).ifPresent(strike -> refuse(THROTTLE, call));
  }

  private static io.sluice.stack.fault.Call asked(Call call) {
    return io.sluice.stack.fault.Call.of(StandIn.KINESIS, call.operation(), call.stream());
  }

  private static void refuse(Fault fault, Call call) {
    if (fault == INTERNAL_ERROR) {
      throw new KinesisException(
          Kind.INTERNAL_FAILURE,
          "The request processing has failed because of an unknown error, exception or failure.");
    }
    throw new KinesisException(
        Kind.PROVISIONED_THROUGHPUT_EXCEEDED,
        "Rate exceeded for stream %s, as ordered.".formatted(call.stream()));
  }

  private static void await(Duration delay) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
