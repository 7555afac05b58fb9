package io.sluice.stack.kinesis.store;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One stream and its shards. Puts share a lock that a split or merge takes alone, so that no record
 * goes to a shard that has just been closed. Thread-safe.
 */
public final class Stream {
  private final String name;
  private final StreamMode mode;
  private final StoreSettings settings;
  private final Instant createdAt;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** All shards ever, in the order of their numbers; replaced as a whole under the write lock. */
  private volatile List<Shard> shards;

  private volatile StreamStatus changing = StreamStatus.CREATING;
  private volatile Instant settledAt;
  private volatile Duration retention = Duration.ofHours(24);

  Stream(String name, StreamMode mode, int shardCount, StoreSettings settings) {
    this.name = name;
    this.mode = mode;
    this.settings = settings;
    this.createdAt = settings.clock().instant();
    this.settledAt = createdAt.plus(settings.transition());
    List<Shard> opened = new ArrayList<>();
    for (HashKeyRange range : HashKeyRange.evenly(shardCount)) {
      opened.add(
          new Shard(
              description(), opened.size(), range, List.of(), createdAt, throttle(createdAt)));
    }
    this.shards = List.copyOf(opened);
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

  /** Changes how long records are kept. */
  public void retain(Duration newRetention) {
    retention = newRetention;
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
    return shards.stream()
        .filter(shard -> shard.closedAt().map(at -> !at.isBefore(horizon)).orElse(true))
        .collect(toUnmodifiableList());
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
    lock.readLock().lock();
    try {
      Shard shard = trimmed(openShardOf(hashKey));
      return new Put(shard.id(), shard.append(partitionKey, data, now()).sequenceNumber());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Where a record went. */
  public record Put(String shardId, SequenceNumber sequenceNumber) {}

  /** Cuts an open shard in two at the key with which the upper one begins. */
  public void split(String shardId, BigInteger newStart) {
    lock.writeLock().lock();
    try {
      requireActive();
      Shard parent = openShard(shardId);
      if (!parent.range().canSplitAt(newStart)) {
        throw new KinesisException(
            Kind.INVALID_ARGUMENT,
            ("NewStartingHashKey %s used in SplitShard() on shard %s in stream %s under account %s"
                    + " is not both greater than one plus the shard's StartingHashKey %s and less"
                    + " than the shard's EndingHashKey %s.")
                .formatted(
                    newStart,
                    shardId,
                    name,
                    settings.account(),
                    parent.range().start(),
                    parent.range().end()));
      }
      replace(
          List.of(parent), List.of(parent.range().below(newStart), parent.range().from(newStart)));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Makes one shard of two open ones whose ranges touch, in either order. */
  public void merge(String shardId, String adjacentShardId) {
    lock.writeLock().lock();
    try {
      requireActive();
      Shard one = openShard(shardId);
      Shard other = openShard(adjacentShardId);
      HashKeyRange joined;
      if (one.range().isFollowedBy(other.range())) {
        joined = one.range().joinedWith(other.range());
      } else if (other.range().isFollowedBy(one.range())) {
        joined = other.range().joinedWith(one.range());
      } else {
        throw new KinesisException(
            Kind.INVALID_ARGUMENT,
            ("Shards %s and %s in stream %s under account %s are not an adjacent pair of shards"
                    + " eligible for merging")
                .formatted(shardId, adjacentShardId, name, settings.account()));
      }
      replace(List.of(one, other), List.of(joined));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Whether it has been deleted and its DELETING time is over. */
  boolean isGone() {
    return changing == StreamStatus.DELETING && !now().isBefore(settledAt);
  }

  void delete() {
    changing = StreamStatus.DELETING;
    settledAt = now().plus(settings.transition());
  }

  private void replace(List<Shard> closing, List<HashKeyRange> ranges) {
    Instant now = now();
    List<Shard> all = new ArrayList<>(shards);
    List<Shard> opened = new ArrayList<>();
    for (HashKeyRange range : ranges) {
      Shard child = new Shard(description(), all.size(), range, closing, now, throttle(now));
      all.add(child);
      opened.add(child);
    }
    closing.forEach(parent -> parent.close(opened, now));
    shards = List.copyOf(all);
    changing = StreamStatus.UPDATING;
    settledAt = now.plus(settings.transition());
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

  private Shard openShard(String shardId) {
    Shard shard = shard(shardId);
    if (!shard.isOpen()) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          ("Shard %s in stream %s under account %s has already been merged or split, and thus is"
                  + " not eligible for merging or splitting.")
              .formatted(shardId, name, settings.account()));
    }
    return shard;
  }

  private Shard openShardOf(BigInteger hashKey) {
    for (Shard shard : shards) {
      if (shard.range().contains(hashKey) && shard.isOpen()) {
        return shard;
      }
    }
    throw new IllegalStateException("no open shard of " + name + " owns hash key " + hashKey);
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
