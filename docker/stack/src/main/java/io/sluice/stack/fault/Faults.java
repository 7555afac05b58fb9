package io.sluice.stack.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The orders of one stack, and whether each strikes.
 *
 * <p>Chance is seeded: with the same seed, the same orders in the same sequence and the same
 * sequence of calls that fit each of them, the same calls are struck. Calls that race decide their
 * sequence themselves.
 *
 * <p>Thread-safe; asking costs nothing while nothing is ordered.
 */
public final class Faults {
  private final long seed;
  private final Set<StandIn> orderable;
  private final AtomicLong ids = new AtomicLong();
  private final List<Standing> standing = new CopyOnWriteArrayList<>();

  /** No orders yet; chance comes from this seed. */
  public Faults(long seed) {
    this(seed, EnumSet.allOf(StandIn.class));
  }

  /** The same for a stack in which only these stand-ins can fail. */
  public Faults(long seed, Set<StandIn> orderable) {
    this.seed = seed;
    this.orderable = Set.copyOf(orderable);
  }

  /**
   * An order that has struck a call.
   *
   * @param luck from 0 to 1, for a fault that can end in several ways
   */
  public record Strike(long id, Fault fault, Optional<Duration> delay, double luck) {
    /** How long it lasts: as ordered, or else the fault's own time. */
    public Duration delayOr(Duration usual) {
      return delay.orElse(usual);
    }
  }

  /** An order and what has become of it. */
  public record Report(long id, FaultOrder order, long fitting, long struck) {
    /** Whether it will never strike again. */
    public boolean isSpent() {
      return struck >= order.occurrence().times();
    }
  }

  /** The seed that all chance here comes from. */
  public long seed() {
    return seed;
  }

  /**
   * Puts an order into force.
   *
   * @return its id
   * @throws IllegalArgumentException if it could never strike, for the stack has left out what
   *     would fail
   */
  public long order(FaultOrder order) {
    if (!orderable.contains(order.standIn())) {
      throw new IllegalArgumentException(
          "%s cannot fail here: the stack was started without its front"
              .formatted(order.standIn().wireName()));
    }
    long id = ids.incrementAndGet();
    standing.add(new Standing(id, order, new Random(seed * 31 + id)));
    return id;
  }

  /** Withdraws an order; false if there is none of this id. */
  public boolean withdraw(long id) {
    return standing.removeIf(order -> order.id == id);
  }

  /** Withdraws all orders. */
  public void withdrawAll() {
    standing.clear();
  }

  /** All orders that were not withdrawn, the oldest first, also those that are spent. */
  public List<Report> reports() {
    return standing.stream().map(Standing::report).toList();
  }

  /** What has become of an order; empty if there is none of this id. */
  public Optional<Report> report(long id) {
    return reports().stream().filter(report -> report.id() == id).findFirst();
  }

  /**
   * Asks whether one of these faults strikes the call. The oldest order that does is the one; only
   * it counts a strike.
   */
  public Optional<Strike> strike(Call call, Set<Fault> faults) {
    for (Standing order : standing) {
      if (faults.contains(order.order.fault()) && order.strikes(call)) {
        return Optional.of(order.strike());
      }
    }
    return Optional.empty();
  }

  /** Asks whether this fault strikes the call. */
  public Optional<Strike> strike(Call call, Fault fault) {
    return strike(call, Set.of(fault));
  }

  /** Whether anything is ordered there that is not spent. */
  public boolean threaten(StandIn standIn) {
    for (Standing order : standing) {
      if (order.order.standIn() == standIn && !order.report().isSpent()) {
        return true;
      }
    }
    return false;
  }

  /** An order in force, with its counts. */
  private static final class Standing {
    private final long id;
    private final FaultOrder order;
    private final Random chance;
    private long fitting;
    private long struck;

    Standing(long id, FaultOrder order, Random chance) {
      this.id = id;
      this.order = order;
      this.chance = chance;
    }

    synchronized boolean strikes(Call call) {
      Occurrence occurrence = order.occurrence();
      if (order.standIn() != call.standIn()
          || struck >= occurrence.times()
          || !order.calls().fits(call)) {
        return false;
      }
      fitting++;
      if (fitting <= occurrence.skip() || chance.nextDouble() >= occurrence.probability()) {
        return false;
      }
      struck++;
      return true;
    }

    synchronized Strike strike() {
      return new Strike(id, order.fault(), order.delay(), chance.nextDouble());
    }

    synchronized Report report() {
      return new Report(id, order, fitting, struck);
    }
  }
}
