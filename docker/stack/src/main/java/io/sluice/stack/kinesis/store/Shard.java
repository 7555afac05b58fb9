package io.sluice.stack.kinesis.store;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One shard: an append-only run of records under a hash key range, open until a split or merge
 * closes it, then readable until its records have outlived the retention.
 *
 * <p>A position is the index of the record to read next; indices are dense and begin with 1.
 * Thread-safe by its own lock.
 */
public final class Shard {
  /** What one answer of GetRecords may hold ("GetRecords": 10 MiB or 10,000 records). */
  private static final int READ_BYTES = 10 << 20;

  private static final Duration TRIM_INTERVAL = Duration.ofSeconds(1);

  private final String stream;
  private final int number;
  private final HashKeyRange range;
  private final List<Shard> parents;
  private final Instant openedAt;

  /** The second of opening as sequence numbers state it: above that of every parent. */
  private final long epoch;

  private final ShardThrottle throttle;

  private final List<StoredRecord> records = new ArrayList<>();
  private final List<Shard> children = new ArrayList<>();
  private long nextIndex = 1;
  private Instant lastArrival;
  private Instant nextTrim = Instant.MIN;
  private Instant closedAt;

  Shard(
      String stream,
      int number,
      HashKeyRange range,
      List<Shard> parents,
      Instant openedAt,
      ShardThrottle throttle) {
    this.stream = requireNonNull(stream, "stream");
    this.number = number;
    this.range = requireNonNull(range, "range");
    this.parents = List.copyOf(parents);
    this.openedAt = requireNonNull(openedAt, "openedAt");
    this.epoch =
        parents.stream()
            .mapToLong(parent -> parent.epoch + 1)
            .reduce(openedAt.getEpochSecond(), Math::max);
    this.throttle = requireNonNull(throttle, "throttle");
    this.lastArrival = openedAt;
  }

  /** The name under which callers know the shard. */
  public String id() {
    return String.format("shardId-%012d", number);
  }

  /** The hash keys that it owns. */
  public HashKeyRange range() {
    return range;
  }

  /** None, the one it was split from, or the two that were merged into it. */
  public List<Shard> parents() {
    return parents;
  }

  /** When it began to take records. */
  public Instant openedAt() {
    return openedAt;
  }

  /** When a split or merge closed it; empty while it is open. */
  public synchronized Optional<Instant> closedAt() {
    return Optional.ofNullable(closedAt);
  }

  /** Whether it takes records. */
  public synchronized boolean isOpen() {
    return closedAt == null;
  }

  /** The shards that took over its hash keys; empty while it is open. */
  public synchronized List<Shard> children() {
    return List.copyOf(children);
  }

  /** Below every record's number. */
  public SequenceNumber startingSequenceNumber() {
    return sequenceNumber(0, openedAt);
  }

  /** Above every record's number; empty while the shard is open. */
  public synchronized Optional<SequenceNumber> endingSequenceNumber() {
    return closedAt().map(at -> sequenceNumber(SequenceNumber.END_INDEX, at));
  }

  /** Whether a number was given out by this shard or is one of its ends. */
  public boolean gaveOut(SequenceNumber candidate) {
    return candidate.shardNumber() == number && candidate.openedSecond() == epoch;
  }

  synchronized StoredRecord append(String partitionKey, ByteBuffer data, Instant now) {
    if (!throttle.admitsPut(RecordSize.of(partitionKey, data), now)) {
      throw rateExceeded();
    }
    // A clock that is set back must not put records out of order.
    lastArrival = now.isBefore(lastArrival) ? lastArrival : now;
    StoredRecord stored =
        new StoredRecord(sequenceNumber(nextIndex, lastArrival), lastArrival, partitionKey, data);
    records.add(stored);
    nextIndex++;
    return stored;
  }

  synchronized void close(List<Shard> successors, Instant now) {
    closedAt = now;
    children.addAll(successors);
  }

  /**
   * Reads from a position on, at most so many records and 10 MiB, but at least one if there is one.
   *
   * @throws KinesisException if the shard's read limits are exceeded
   */
  public synchronized ShardRead read(long position, int limit, Instant now) {
    if (!throttle.admitsRead(now)) {
      throw rateExceeded();
    }
    int from = (int) Math.max(0, position - firstIndex());
    int to = from;
    int bytes = 0;
    while (to < records.size() && to - from < limit) {
      int size = records.get(to).size();
      if (to > from && bytes + size > READ_BYTES) {
        break;
      }
      bytes += size;
      to++;
    }
    throttle.hasRead(bytes);
    boolean atTip = to >= records.size();
    Duration behind =
        atTip ? Duration.ZERO : Duration.between(records.get(to).arrival(), now).abs();
    return new ShardRead(
        from < to ? records.subList(from, to) : List.of(),
        Math.max(position, firstIndex() + to),
        behind,
        atTip && closedAt != null);
  }

  /** The position of the oldest record that is still kept. */
  public synchronized long trimHorizon() {
    return firstIndex();
  }

  /** The position right after the newest record. */
  public synchronized long latest() {
    return nextIndex;
  }

  /** The position of the first record that arrived at this time or later. */
  public synchronized long atTimestamp(Instant time) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).arrival().isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return firstIndex() + low;
  }

  /** The position of the record with this number, which the shard gave out. */
  public synchronized long at(SequenceNumber sequenceNumber) {
    return Math.min(sequenceNumber.index(), nextIndex);
  }

  /** The position after the record with this number, which the shard gave out. */
  public synchronized long after(SequenceNumber sequenceNumber) {
    long index = sequenceNumber.index();
    return index >= nextIndex ? nextIndex : index + 1;
  }

  /** Forgets the records that arrived before the horizon; looks at most once a second. */
  synchronized void trim(Instant horizon, Instant now) {
    if (now.isBefore(nextTrim)) {
      return;
    }
    nextTrim = now.plus(TRIM_INTERVAL);
    int expired = (int) (atTimestamp(horizon) - firstIndex());
    if (expired > 0) {
      records.subList(0, expired).clear();
    }
  }

  private KinesisException rateExceeded() {
    return new KinesisException(
        Kind.PROVISIONED_THROUGHPUT_EXCEEDED,
        "Rate exceeded for shard %s in %s.".formatted(id(), stream));
  }

  private long firstIndex() {
    return nextIndex - records.size();
  }

  private SequenceNumber sequenceNumber(long index, Instant time) {
    return SequenceNumber.of(epoch, number, index, time.getEpochSecond());
  }
}
