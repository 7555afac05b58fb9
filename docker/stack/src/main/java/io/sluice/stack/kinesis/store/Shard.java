package io.sluice.stack.kinesis.store;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  private final String id;
  private final HashKeyRange range;
  private final List<Shard> parents;
  private final Instant openedAt;

  /** The second of opening as sequence numbers state it: above that of every parent. */
  private final long epoch;

  private final ShardThrottle throttle;
  private final RecordMemory memory;

  private final RecordLog records = new RecordLog();
  private final List<Shard> children = new ArrayList<>();
  private long lastArrival;
  private Instant nextTrim = Instant.MIN;
  private Instant closedAt;

  Shard(
      String stream,
      int number,
      HashKeyRange range,
      List<Shard> parents,
      Instant openedAt,
      ShardThrottle throttle,
      RecordMemory memory) {
    this.stream = requireNonNull(stream, "stream");
    this.number = number;
    this.id = String.format("shardId-%012d", number);
    this.range = requireNonNull(range, "range");
    this.parents = List.copyOf(parents);
    this.openedAt = requireNonNull(openedAt, "openedAt");
    this.epoch =
        parents.stream()
            .mapToLong(parent -> parent.epoch + 1)
            .reduce(openedAt.getEpochSecond(), Math::max);
    this.throttle = requireNonNull(throttle, "throttle");
    this.memory = requireNonNull(memory, "memory");
    this.lastArrival = openedAt.toEpochMilli();
  }

  /** The name under which callers know the shard. */
  public String id() {
    return id;
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
    return sequenceNumber(0, openedAt.toEpochMilli());
  }

  /** Above every record's number; empty while the shard is open. */
  public synchronized Optional<SequenceNumber> endingSequenceNumber() {
    return closedAt().map(at -> sequenceNumber(SequenceNumber.END_INDEX, at.toEpochMilli()));
  }

  /** Whether a number was given out by this shard or is one of its ends. */
  public boolean gaveOut(SequenceNumber candidate) {
    return candidate.shardNumber() == number && candidate.openedSecond() == epoch;
  }

  synchronized SequenceNumber append(String partitionKey, ByteBuffer data, Instant now) {
    if (!throttle.admitsPut(RecordSize.of(partitionKey, data), now)) {
      throw rateExceeded();
    }
    // A clock that is set back must not put records out of order.
    lastArrival = Math.max(lastArrival, now.toEpochMilli());
    SequenceNumber given = sequenceNumber(records.nextIndex(), lastArrival);
    KeptRecord kept = KeptRecord.of(lastArrival, partitionKey, data);
    records.add(kept);
    memory.take(kept.memory());
    return given;
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
    long from = Math.max(position, records.firstIndex());
    long to = from;
    int bytes = 0;
    List<StoredRecord> read = new ArrayList<>();
    while (to < records.nextIndex() && read.size() < limit) {
      KeptRecord next = records.get(to);
      if (to > from && bytes + next.size() > READ_BYTES) {
        break;
      }
      bytes += next.size();
      read.add(stored(to, next));
      to++;
    }
    throttle.hasRead(bytes);
    boolean atTip = to >= records.nextIndex();
    long behind = atTip ? 0 : Math.max(0, now.toEpochMilli() - records.get(to).arrivalMillis());
    return new ShardRead(read, to, Duration.ofMillis(behind), atTip && closedAt != null);
  }

  /** The position of the oldest record that is still kept. */
  public synchronized long trimHorizon() {
    return records.firstIndex();
  }

  /** The position right after the newest record. */
  public synchronized long latest() {
    return records.nextIndex();
  }

  /** The position of the first record that arrived at this time or later. */
  public synchronized long atTimestamp(Instant time) {
    return records.firstSince(time.toEpochMilli());
  }

  /** The position of the record with this number, which the shard gave out. */
  public synchronized long at(SequenceNumber sequenceNumber) {
    return Math.min(sequenceNumber.index(), records.nextIndex());
  }

  /** The position after the record with this number, which the shard gave out. */
  public synchronized long after(SequenceNumber sequenceNumber) {
    long index = sequenceNumber.index();
    return Math.min(index, records.nextIndex() - 1) + 1;
  }

  /** Forgets the records that arrived before the horizon; looks at most once a second. */
  synchronized void trim(Instant horizon, Instant now) {
    if (now.isBefore(nextTrim)) {
      return;
    }
    nextTrim = now.plus(TRIM_INTERVAL);
    long kept = records.firstSince(horizon.toEpochMilli());
    while (records.firstIndex() < kept) {
      dropFirst();
    }
  }

  /** Forgets all records. */
  synchronized void clear() {
    while (!records.isEmpty()) {
      dropFirst();
    }
  }

  /** When its oldest record arrived, in milliseconds; empty if it has none. */
  synchronized OptionalLong oldestArrival() {
    return records.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(records.get(records.firstIndex()).arrivalMillis());
  }

  /**
   * Forgets its oldest records: those that arrived at this time or before, but no more than it
   * takes to free so many bytes.
   */
  synchronized void dropUntil(long arrivalMillis, long bytes) {
    long freed = 0;
    while (!records.isEmpty()
        && freed < bytes
        && records.get(records.firstIndex()).arrivalMillis() <= arrivalMillis) {
      freed += dropFirst();
    }
  }

  private long dropFirst() {
    long freed = records.removeFirst().memory();
    memory.giveBack(freed);
    return freed;
  }

  private StoredRecord stored(long index, KeptRecord kept) {
    return new StoredRecord(
        sequenceNumber(index, kept.arrivalMillis()),
        Instant.ofEpochMilli(kept.arrivalMillis()),
        kept.partitionKey(),
        ByteBuffer.wrap(kept.data()));
  }

  private KinesisException rateExceeded() {
    return new KinesisException(
        Kind.PROVISIONED_THROUGHPUT_EXCEEDED,
        "Rate exceeded for shard %s in %s.".formatted(id(), stream));
  }

  private SequenceNumber sequenceNumber(long index, long millis) {
    return SequenceNumber.of(epoch, number, index, millis / 1_000);
  }
}
