package io.sluice.stack.kinesis.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All shards that a stream ever had, and which of them own the hash keys now. Every change closes
 * one or two shards and opens their children, so that the open ones always cover the key space
 * once.
 *
 * <p>Reading is thread-safe; its stream's lock guards the changes.
 */
final class ShardTree {
  /**
   * Divisions of 2^128 leave remainders, so boundaries that are meant to be the same (2/6 and 1/3)
   * can be some keys apart; nobody wants a shard of three keys.
   */
  private static final BigInteger SAME_BOUNDARY = BigInteger.ONE.shiftLeft(32);

  private final Opener opener;

  /** By number; replaced as a whole. */
  private volatile List<Shard> all = List.of();

  /** By the first hash key; replaced as a whole. */
  private volatile NavigableMap<BigInteger, Shard> open = new TreeMap<>();

  /** Makes a shard. */
  @FunctionalInterface
  interface Opener {
    Shard open(int number, HashKeyRange range, List<Shard> parents, Instant now);
  }

  /** Begins with so many shards of the same size. */
  ShardTree(int count, Opener opener, Instant now) {
    this.opener = opener;
    replace(List.of(), HashKeyRange.evenly(count), now);
  }

  /** All shards by number. */
  List<Shard> all() {
    return all;
  }

  /** The open shards in the order of their hash keys. */
  List<Shard> open() {
    return List.copyOf(open.values());
  }

  /** The open shard that owns a hash key. */
  Shard owner(BigInteger hashKey) {
    return open.floorEntry(hashKey).getValue();
  }

  /** Cuts an open shard in two at the key with which the upper one begins. */
  void split(Shard parent, BigInteger newStart, Instant now) {
    HashKeyRange range = parent.range();
    replace(List.of(parent), List.of(range.below(newStart), range.from(newStart)), now);
  }

  /** Makes one shard of two open ones. */
  void merge(Shard parent, Shard adjacentParent, HashKeyRange joined, Instant now) {
    replace(List.of(parent, adjacentParent), List.of(joined), now);
  }

  /**
   * Makes so many shards of the same size out of the open ones: first it splits at the boundaries
   * that are missing, then it merges what lies between two of them. Twice or half as many take
   * splits or merges only; other counts leave short-lived shards behind, as on AWS
   * ("UpdateShardCount").
   */
  void divideInto(int count, Instant now) {
    List<BigInteger> starts = HashKeyRange.evenly(count).stream().map(this::nearestStart).toList();
    for (BigInteger start : starts) {
      Shard owner = owner(start);
      if (!owner.range().start().equals(start)) {
        split(owner, start, now);
      }
    }
    for (int i = 0; i < count; i++) {
      BigInteger end =
          i == count - 1 ? HashKeyRange.MAX : starts.get(i + 1).subtract(BigInteger.ONE);
      mergeUpTo(end, owner(starts.get(i)), now);
    }
  }

  private void mergeUpTo(BigInteger end, Shard first, Instant now) {
    Shard merged = first;
    while (!merged.range().end().equals(end)) {
      Shard next = owner(merged.range().end().add(BigInteger.ONE));
      merge(merged, next, merged.range().joinedWith(next.range()), now);
      merged = owner(first.range().start());
    }
  }

  private BigInteger nearestStart(HashKeyRange wanted) {
    BigInteger near = open.floorKey(wanted.start().add(SAME_BOUNDARY));
    boolean same = near.subtract(wanted.start()).abs().compareTo(SAME_BOUNDARY) <= 0;
    return same ? near : wanted.start();
  }

  private void replace(List<Shard> closing, List<HashKeyRange> ranges, Instant now) {
    List<Shard> shards = new ArrayList<>(all);
    NavigableMap<BigInteger, Shard> owners = new TreeMap<>(open);
    closing.forEach(parent -> owners.remove(parent.range().start()));
    List<Shard> opened = new ArrayList<>();
    for (HashKeyRange range : ranges) {
      Shard child = opener.open(shards.size(), range, closing, now);
      shards.add(child);
      opened.add(child);
      owners.put(range.start(), child);
    }
    closing.forEach(parent -> parent.close(opened, now));
    all = List.copyOf(shards);
    open = Collections.unmodifiableNavigableMap(owners);
  }
}
