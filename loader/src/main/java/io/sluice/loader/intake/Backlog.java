package io.sluice.loader.intake;

import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The batches of one table that wait to be loaded, in order, each with the messages that announced
 * it: none when the manifest log showed it, several when a message came twice.
 *
 * <p>Bounded: beyond its limit it takes no further batch, which comes again from the queue or the
 * log. The last fifth is left to the log, which offers in order: otherwise messages, which come in
 * any order and at any time, would take all the room of a table that is behind, and its oldest
 * batches would wait until the queue is empty. Safe for use by several threads.
 */
public final class Backlog {
  /** What became of an offer. */
  public enum Offer {
    /** It waits, for the first time. */
    HELD,
    /** It waits already: its messages are kept together. */
    DUPLICATE,
    /** This loader has loaded it lately: its message can be deleted. */
    LOADED,
    /** There is no room: it must come again. */
    FULL
  }

  /**
   * All that waits, in sums.
   *
   * @param batches the refused ones included
   * @param refused the batches that were refused when they were tried last
   * @param bytes what their files hold, as they lie in S3
   * @param oldestArrival when the oldest record that waits reached the stream, empty when none does
   * @param newestBatch the latest batch time among them
   */
  public record Totals(
      int batches,
      int refused,
      long rows,
      long bytes,
      Optional<Instant> oldestArrival,
      Optional<Instant> newestBatch) {}

  /** How many loaded batches are remembered, to tell late duplicates without asking the ledger. */
  private static final int REMEMBERED = 10_000;

  /**
   * For how long: a warehouse that was restored to an earlier moment may have them no longer, and
   * then its ledger must be asked when they are announced again.
   */
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

  /** What part of the room messages leave to the log. */
  private static final int RESERVE = 5;

  private int limit;
  private final Map<BatchId, Held> held = new HashMap<>();
  private final TreeSet<PendingBatch> order = new TreeSet<>();
  private final Map<BatchId, Instant> loaded = new Memory();
  private final InstantSource clock;
  private long changes;

  public Backlog(int limit) {
    this(limit, InstantSource.system());
  }

  /** {@code clock} tells how long ago a batch was loaded: it should never jump. */
  public Backlog(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Offers a batch that the manifest log shows. */
  public synchronized Offer offer(PendingBatch batch) {
    return offer(batch, held.size() < limit);
  }

  /** Offers a batch that a message announces; a message that waits already is replaced. */
  public synchronized Offer offer(PendingBatch batch, Delivery delivery) {
    Offer offer = offer(batch, !isFull());
    if (offer == Offer.HELD || offer == Offer.DUPLICATE) {
      held.get(batch.id()).deliveries.put(delivery.messageId(), delivery);
    }
    return offer;
  }

  /** What may be loaded now, in order: all but the refused batches whose pause is not over. */
  public synchronized List<PendingBatch> pending(Instant now) {
    return order.stream().filter(batch -> !held.get(batch.id()).restsAt(now)).toList();
  }

  /** The first {@code most} of them: a load has its limits, and thousands may wait behind it. */
  public synchronized List<PendingBatch> pending(Instant now, int most) {
    return order.stream().filter(batch -> !held.get(batch.id()).restsAt(now)).limit(most).toList();
  }

  /** When the next refused batch may be tried again, {@link Instant#MAX} when there is none. */
  public synchronized Instant nextRetry(Instant now) {
    return held.values().stream()
        .filter(batch -> batch.restsAt(now))
        .map(batch -> batch.retryAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** How often this batch has been refused. */
  public synchronized int refusals(BatchId id) {
    Held batch = held.get(id);
    return batch == null ? 0 : batch.refusals;
  }

  /** Lets a batch rest that cannot be loaded as it is; its messages are kept. */
  public synchronized void refuse(BatchId id, Instant retryAt) {
    Held batch = held.get(id);
    if (batch != null) {
      batch.refusals++;
      batch.retryAt = retryAt;
    }
  }

  /** Takes loaded batches out and returns their messages, which can be deleted. */
  public synchronized List<Delivery> settle(Collection<BatchId> ids) {
    List<Delivery> deliveries = new ArrayList<>();
    Instant now = clock.instant();
    for (BatchId id : ids) {
      loaded.remove(id);
      loaded.put(id, now);
      Held batch = held.remove(id);
      if (batch != null) {
        order.remove(batch.batch);
        deliveries.addAll(batch.deliveries.values());
      }
    }
    return deliveries;
  }

  /**
   * Takes no batch any more, for its table is loaded no longer, and returns the messages of all
   * that waited.
   */
  public synchronized List<Delivery> close() {
    limit = 0;
    List<Delivery> deliveries = new ArrayList<>();
    held.values().forEach(batch -> deliveries.addAll(batch.deliveries.values()));
    held.clear();
    order.clear();
    return deliveries;
  }

  /** How many batches wait, the refused ones included. */
  public synchronized int size() {
    return held.size();
  }

  /** The sums over all that waits. */
  public synchronized Totals totals() {
    int refused = 0;
    long rows = 0;
    long bytes = 0;
    Instant oldest = null;
    Instant newest = null;
    for (Held entry : held.values()) {
      PendingBatch batch = entry.batch;
      refused += entry.refusals > 0 ? 1 : 0;
      rows += batch.rows();
      bytes += batch.bytes();
      oldest = oldest == null || batch.arrivalMin().isBefore(oldest) ? batch.arrivalMin() : oldest;
      newest = newest == null || batch.batchTime().isAfter(newest) ? batch.batchTime() : newest;
    }
    return new Totals(
        held.size(),
        refused,
        rows,
        bytes,
        Optional.ofNullable(oldest),
        Optional.ofNullable(newest));
  }

  /** Whether it takes no further batch from a message. */
  public synchronized boolean isFull() {
    return held.size() >= limit - limit / RESERVE;
  }

  /** A number that grows with each new batch, for {@link #awaitChange}. */
  public synchronized long changes() {
    return changes;
  }

  /** Waits for a batch that came after {@code seen}, at most for {@code time}. */
  public synchronized void awaitChange(long seen, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (changes == seen && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = end - System.nanoTime();
    }
  }

  /** Wakes whoever waits, as if a batch had come. */
  public synchronized void signal() {
    changes++;
    notifyAll();
  }

  private Offer offer(PendingBatch batch, boolean hasRoom) {
    if (wasLoadedLately(batch.id())) {
      return Offer.LOADED;
    }
    if (held.containsKey(batch.id())) {
      return Offer.DUPLICATE;
    }
    if (!hasRoom) {
      return Offer.FULL;
    }
    held.put(batch.id(), new Held(batch));
    order.add(batch);
    signal();
    return Offer.HELD;
  }

  private boolean wasLoadedLately(BatchId id) {
    Instant at = loaded.get(id);
    return at != null && clock.instant().isBefore(at.plus(REMEMBERED_FOR));
  }

  private static final class Held {
    private final PendingBatch batch;
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private int refusals;
    private Instant retryAt = Instant.MIN;

    private Held(PendingBatch batch) {
      this.batch = batch;
    }

    private boolean restsAt(Instant now) {
      return now.isBefore(retryAt);
    }
  }

  private static final class Memory extends LinkedHashMap<BatchId, Instant> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<BatchId, Instant> eldest) {
      return size() > REMEMBERED;
    }
  }
}
