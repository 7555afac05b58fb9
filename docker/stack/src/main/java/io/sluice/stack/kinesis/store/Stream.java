package io.sluice.stack.kinesis.store;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * One stream and its shards. Puts share a lock that a change of shards takes alone, so that no
 * record goes to a shard that has just been closed. Thread-safe.
 */
public final class Stream {
  private final String name;
  private final StreamMode mode;
  private final StoreSettings settings;
  private final Instant createdAt;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final RecordMemory memory;
  private final ShardTree shards;
  private final Resharding changes;
  private final NavigableMap<String, String> tags = new ConcurrentSkipListMap<>();

  private volatile StreamStatus changing = StreamStatus.CREATING;
  private volatile Instant settledAt;
  private volatile Duration retention = Duration.ofHours(24);

  Stream(
      String name, StreamMode mode, int shardCount, StoreSettings settings, RecordMemory memory) {
    this.name = name;
    this.mode = mode;
    this.settings = settings;
    this.memory = memory;
    this.createdAt = settings.clock().instant();
    this.settledAt = createdAt.plus(settings.transition());
    this.shards = new ShardTree(shardCount, this::newShard, createdAt);
    this.changes = new Resharding(name, settings, shards);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its ARN. */
  public String arn() {
    return "arn:aws:kinesis:%s:%s:stream/%s".formatted(settings.region(), settings.account(), name);
  }

  /** How its capacity is set. */
  public StreamMode mode() {
    return mode;
  }

  /** When it was created. */
  public Instant createdAt() {
    return createdAt;
  }

  /** How long records are kept. */
  public Duration retention() {
    return retention;
  }

  /**
   * Changes how long records are kept.
   *
   * @throws KinesisException if the stream is not ACTIVE
   */
  public void retain(Duration newRetention) {
    requireActive();
    retention = newRetention;
  }

  /** The owner's labels, by key. */
  public NavigableMap<String, String> tags() {
    return tags;
  }

  /** What it is doing just now. */
  public StreamStatus status() {
    boolean settled = !now().isBefore(settledAt);
    return settled && changing != StreamStatus.DELETING ? StreamStatus.ACTIVE : changing;
  }

  /** The oldest time of which records are kept, never before the stream's own creation. */
  public Instant trimHorizon() {
    Instant horizon = now().minus(retention);
    return horizon.isBefore(createdAt) ? createdAt : horizon;
  }

  /** The shards, closed ones included until their records have all expired, by number. */
  public List<Shard> shards() {
    Instant horizon = trimHorizon();
    return shards.all().stream()
        .filter(shard -> shard.closedAt().map(at -> !at.isBefore(horizon)).orElse(true))
        .collect(toUnmodifiableList());
  }

  /** The shards that take records, in the order of their hash keys. */
  public List<Shard> openShards() {
    return shards.open();
  }

  /** The shard of this name. */
  public Shard shard(String shardId) {
    return shards().stream()
        .filter(shard -> shard.id().equals(shardId))
        .findFirst()
        .map(this::trimmed)
        .orElseThrow(
            () ->
                new KinesisException(
                    Kind.RESOURCE_NOT_FOUND,
                    "Shard %s in stream %s under account %s does not exist"
                        .formatted(shardId, name, settings.account())));
  }

  /**
   * Appends a record to the open shard that owns the hash key.
   *
   * @throws KinesisException if the shard's write limits are exceeded; nothing is stored then
   */
  public Put put(String partitionKey, BigInteger hashKey, ByteBuffer data) {
    Put put;
    lock.readLock().lock();
    try {
      Shard shard = trimmed(shards.owner(hashKey));
      put = new Put(shard.id(), shard.append(partitionKey, data, now()));
    } finally {
      lock.readLock().unlock();
    }
    memory.makeRoom();
    return put;
  }

  /** Where a record went. */
  public record Put(String shardId, SequenceNumber sequenceNumber) {}

  /** Cuts an open shard in two at the key with which the upper one begins. */
  public void split(String shardId, BigInteger newStart) {
    reshard(
        now -> {
          changes.split(shard(shardId), newStart, now);
          return null;
        });
  }

  /** Makes one shard of two open ones whose ranges touch, in either order. */
  public void merge(String shardId, String adjacentShardId) {
    reshard(
        now -> {
          changes.merge(shard(shardId), shard(adjacentShardId), now);
          return null;
        });
  }

  /**
   * Makes so many shards of the same size ("UpdateShardCount": at most twice and at least half as
   * many as are open; with real limits, at most ten times in 24 hours).
   *
   * @return how many were open before
   */
  public int updateShardCount(int target) {
    return reshard(now -> changes.updateCount(target, now));
  }

  /** Whether it has been deleted and its DELETING time is over. */
  boolean isGone() {
    return changing == StreamStatus.DELETING && !now().isBefore(settledAt);
  }

  /** All shards it ever had, also those that nobody sees any more. */
  List<Shard> everyShard() {
    return shards.all();
  }

  /** Its records go at once: nobody can read them any more. */
  void delete() {
    lock.writeLock().lock();
    try {
      changing = StreamStatus.DELETING;
      settledAt = now().plus(settings.transition());
      shards.all().forEach(Shard::clear);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private <T> T reshard(Function<Instant, T> change) {
    lock.writeLock().lock();
    try {
      requireReshardable();
      Instant now = now();
      T result = change.apply(now);
      changing = StreamStatus.UPDATING;
      settledAt = now.plus(settings.transition());
      return result;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void requireReshardable() {
    requireActive();
    if (mode == StreamMode.ON_DEMAND) {
      throw new KinesisException(
          Kind.VALIDATION,
          "Request is invalid. Stream %s under account %s is in On-Demand mode."
              .formatted(name, settings.account()));
    }
  }

  private void requireActive() {
    StreamStatus status = status();
    if (status != StreamStatus.ACTIVE) {
      throw new KinesisException(
          Kind.RESOURCE_IN_USE,
          "Stream %s under account %s not ACTIVE, instead in state %s"
              .formatted(name, settings.account(), status));
    }
  }

  private Shard newShard(int number, HashKeyRange range, List<Shard> parents, Instant now) {
    return new Shard(description(), number, range, parents, now, throttle(now), memory);
  }

  private String description() {
    return "stream %s under account %s".formatted(name, settings.account());
  }

  private Shard trimmed(Shard shard) {
    Instant now = now();
    shard.trim(now.minus(retention), now);
    return shard;
  }

  private ShardThrottle throttle(Instant now) {
    return settings.limits() == ShardLimits.REAL
        ? ShardThrottle.real(now)
        : ShardThrottle.UNLIMITED;
  }

  private Instant now() {
    return settings.clock().instant();
  }
}
