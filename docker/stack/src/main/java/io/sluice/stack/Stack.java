package io.sluice.stack;

import io.sluice.stack.StackSettings.Reach;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.process.StackEndpoints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-ins of one stack. All are ready when {@link #start} returns, all are stopped by {@link
 * #close}. Thread-safe.
 */
public final class Stack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stack.class);

  /** The region that everything claims to be in. */
  public static final String REGION = "us-east-1";

  /** Any key is accepted; these are the ones that the stack shows. */
  public static final String ACCESS_KEY = "local";

  /** Goes with {@link #ACCESS_KEY}. */
  public static final String SECRET_KEY = "local-secret";

  private final List<Service<?>> services;
  private final Faults faults;
  private final StackEndpoints endpoints;
  private boolean closed;

  private Stack(List<Service<?>> services, Faults faults, StackEndpoints endpoints) {
    this.services = List.copyOf(services);
    this.faults = faults;
    this.endpoints = endpoints;
  }

  /**
   * Starts all stand-ins side by side.
   *
   * @throws StackException if one cannot start; the others are stopped then
   */
  public static Stack start(StackSettings settings) {
    settings.ports().requireFree();
    List<Service<?>> services = new ArrayList<>();
    Faults faults = new Faults(settings.faultSeed(), orderable(settings.reach()));
    try {
      StackEndpoints endpoints = new Wiring(settings, faults, services).start();
      return new Stack(services, faults, endpoints);
    } catch (RuntimeException e) {
      stop(services).forEach(e::addSuppressed);
      throw e;
    }
  }

  /** Where the stand-ins are reached. */
  public StackEndpoints endpoints() {
    return endpoints;
  }

  /** Orders what is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Stops all stand-ins, the last one first; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(services).forEach(e -> log.warn("a stand-in did not stop cleanly", e));
  }

  private static Set<StandIn> orderable(Reach reach) {
    return switch (reach) {
      case FRONTED -> EnumSet.allOf(StandIn.class);
      case BARE -> EnumSet.of(StandIn.KINESIS, StandIn.REDSHIFT);
    };
  }

  private static List<Exception> stop(List<Service<?>> services) {
    List<Exception> failures = new ArrayList<>();
    for (int i = services.size() - 1; i >= 0; i--) {
      try {
        services.get(i).close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    return failures;
  }
}
