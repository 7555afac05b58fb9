package io.sluice.writer.source.direct;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.List;

/** Decides which shards are read by one task. */
final class PartitionPlanner {
  private PartitionPlanner() {}

  /**
   * Groups shards into at most so many partitions, 0 for one a shard. Shards that the same executor
   * has read ahead stay together, and sizes differ by one at the most.
   */
  static List<List<ShardPlan>> group(List<ShardPlan> shards, int partitions) {
    if (partitions <= 0 || partitions >= shards.size()) {
      return shards.stream().map(List::of).toList();
    }
    List<ShardPlan> sorted =
        shards.stream()
            .sorted(
                comparing(ShardPlan::executor, nullsLast(naturalOrder()))
                    .thenComparing(ShardPlan::stream)
                    .thenComparing(ShardPlan::shard))
            .toList();
    List<List<ShardPlan>> groups = new ArrayList<>(partitions);
    for (int i = 0; i < partitions; i++) {
      int from = (int) ((long) sorted.size() * i / partitions);
      int to = (int) ((long) sorted.size() * (i + 1) / partitions);
      groups.add(sorted.subList(from, to));
    }
    return groups;
  }
}
