package io.sluice.stack.front;

import static io.sluice.stack.fault.Fault.HOLD;
import static io.sluice.stack.fault.Fault.INTERNAL_ERROR;
import static io.sluice.stack.fault.Fault.LATENCY;
import static io.sluice.stack.fault.Fault.RESET;
import static io.sluice.stack.fault.Fault.SLOW_DOWN;
import static io.sluice.stack.fault.Fault.THROTTLE;

import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.Faults.Strike;
import io.sluice.stack.http.Connections;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does to one HTTP call what was ordered for it, and otherwise lets it pass. */
final class Striker {
  private static final Logger log = LoggerFactory.getLogger(Striker.class);
  private static final Duration USUAL_LATENCY = Duration.ofSeconds(1);
  private static final Set<Fault> WAITS = Set.of(LATENCY, HOLD);
  private static final Set<Fault> ERRORS = Set.of(SLOW_DOWN, THROTTLE, INTERNAL_ERROR);

  private final Faults faults;

  Striker(Faults faults) {
    this.faults = faults;
  }

  /** The rest of a call's way. */
  @FunctionalInterface
  interface Passage {
    /** Answers through {@code response}. */
    void go(Response response) throws Exception;
  }

  /** Handles the call; {@code passage} is taken at most once, perhaps later. */
  void handle(Call call, Request request, Response response, Callback callback, Passage passage) {
    Runnable rest = () -> pass(call, request, response, callback, passage);
    Optional<Strike> wait = faults.strike(call, WAITS);
    if (wait.isEmpty()) {
      rest.run();
      return;
    }
    log.debug("{} waits, as ordered: {}", call, wait.get());
    if (wait.get().fault() == HOLD) {
      Holding.whileOrdered(faults, wait.get(), request, rest);
    } else {
      Holding.lasting(wait.get().delayOr(USUAL_LATENCY), request, rest);
    }
  }

  private void pass(
      Call call, Request request, Response response, Callback callback, Passage passage) {
    try {
      Optional<Strike> error = faults.strike(call, ERRORS);
      if (error.isPresent()) {
        log.debug("{} gets {}, as ordered", call, error.get().fault());
        ErrorAnswer.of(call, error.get().fault(), request).write(request, response, callback);
        return;
      }
      if (faults.strike(call, RESET).isEmpty()) {
        passage.go(new FragileResponse(request, response, call, faults));
      } else if (HttpMethod.GET.is(request.getMethod())) {
        passage.go(new HalfResponse(request, response));
      } else {
        callback.failed(Connections.reset(request));
      }
    } catch (Throwable e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
