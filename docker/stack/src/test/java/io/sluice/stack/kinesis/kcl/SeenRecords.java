package io.sluice.stack.kinesis.kcl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the workers have seen of records that count up from 0 in each partition key. Repetitions are
 * allowed, as a worker that takes a shard over begins at the last checkpoint; a number that comes
 * before all smaller ones of its key is out of order. Thread-safe.
 */
final class SeenRecords {
  private final Map<String, Integer> nextByKey = new HashMap<>();
  private final List<String> outOfOrder = new ArrayList<>();
  private final Set<String> workers = new HashSet<>();
  private int aggregated;

  /** A user record's text, as {@link #see} reads it. */
  static String text(String key, int number) {
    return key + ":" + number;
  }

  synchronized void see(String worker, String shard, String text, boolean wasAggregated) {
    String key = text.substring(0, text.indexOf(':'));
    int number = Integer.parseInt(text.substring(key.length() + 1));
    int next = nextByKey.getOrDefault(key, 0);
    if (number > next) {
      outOfOrder.add("%s in %s, expected %d".formatted(text, shard, next));
    } else if (number == next) {
      nextByKey.put(key, next + 1);
      aggregated += wasAggregated ? 1 : 0;
    }
    workers.add(worker);
  }

  /** How many numbers of each key have come, without a gap. */
  synchronized Map<String, Integer> countByKey() {
    return Map.copyOf(nextByKey);
  }

  synchronized List<String> outOfOrder() {
    return List.copyOf(outOfOrder);
  }

  /** How many of them were taken out of an aggregate. */
  synchronized int aggregated() {
    return aggregated;
  }

  synchronized Set<String> workers() {
    return Set.copyOf(workers);
  }
}
