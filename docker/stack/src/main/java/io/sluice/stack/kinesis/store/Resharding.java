package io.sluice.stack.kinesis.store;

import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The ways to change the shards of a stream, each with what AWS refuses. Not thread-safe: its
 * stream's lock guards it.
 */
final class Resharding {
  private static final Duration DAY = Duration.ofHours(24);
  private static final int MAX_UPDATES_A_DAY = 10;

  private final String stream;
  private final StoreSettings settings;
  private final ShardTree shards;
  private final Deque<Instant> countUpdates = new ArrayDeque<>();

  Resharding(String stream, StoreSettings settings, ShardTree shards) {
    this.stream = stream;
    this.settings = settings;
    this.shards = shards;
  }

  /** Cuts a shard in two at the key with which the upper one begins. */
  void split(Shard parent, BigInteger newStart, Instant now) {
    requireOpen(parent);
    if (!parent.range().canSplitAt(newStart)) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          ("NewStartingHashKey %s used in SplitShard() on shard %s in stream %s under account %s"
                  + " is not both greater than one plus the shard's StartingHashKey %s and less"
                  + " than the shard's EndingHashKey %s.")
              .formatted(
                  newStart,
                  parent.id(),
                  stream,
                  settings.account(),
                  parent.range().start(),
                  parent.range().end()));
    }
    shards.split(parent, newStart, now);
  }

  /** Makes one shard of two whose ranges touch, in either order. */
  void merge(Shard one, Shard other, Instant now) {
    requireOpen(one);
    requireOpen(other);
    if (one.range().isFollowedBy(other.range())) {
      shards.merge(one, other, one.range().joinedWith(other.range()), now);
    } else if (other.range().isFollowedBy(one.range())) {
      shards.merge(one, other, other.range().joinedWith(one.range()), now);
    } else {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          ("Shards %s and %s in stream %s under account %s are not an adjacent pair of shards"
                  + " eligible for merging")
              .formatted(one.id(), other.id(), stream, settings.account()));
    }
  }

  /**
   * Makes so many shards of the same size.
   *
   * @return how many were open before
   */
  int updateCount(int target, Instant now) {
    int current = shards.open().size();
    if (target > 2 * current) {
      throw scalingRefused("up over double", current, target);
    }
    if (2 * target < current) {
      throw scalingRefused("down below half", current, target);
    }
    countUpdate(now);
    shards.divideInto(target, now);
    return current;
  }

  private void requireOpen(Shard shard) {
    if (!shard.isOpen()) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          ("Shard %s in stream %s under account %s has already been merged or split, and thus is"
                  + " not eligible for merging or splitting.")
              .formatted(shard.id(), stream, settings.account()));
    }
  }

  private static KinesisException scalingRefused(String what, int current, int target) {
    return new KinesisException(
        Kind.LIMIT_EXCEEDED,
        ("UpdateShardCount cannot scale %s your current open shard count. Current open shard"
                + " count: %d Target shard count: %d")
            .formatted(what, current, target));
  }

  private void countUpdate(Instant now) {
    if (settings.limits() != ShardLimits.REAL) {
      return;
    }
    countUpdates.removeIf(at -> at.isBefore(now.minus(DAY)));
    if (countUpdates.size() >= MAX_UPDATES_A_DAY) {
      throw new KinesisException(
          Kind.LIMIT_EXCEEDED,
          "UpdateShardCount cannot be called more than %d times in a rolling 24-hour period."
              .formatted(MAX_UPDATES_A_DAY));
    }
    countUpdates.add(now);
  }
}
