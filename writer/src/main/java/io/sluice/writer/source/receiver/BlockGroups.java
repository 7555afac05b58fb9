package io.sluice.writer.source.receiver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Decides which blocks of an interval are read by one task. */
final class BlockGroups {
  private BlockGroups() {}

  /**
   * Groups blocks so that all records of a shard meet in one group, without a shuffle: blocks that
   * share a shard are together. A receiver has its own shards, so there is about one group a
   * receiver.
   *
   * @param shardsOfBlocks the shards of each block
   * @param atMost so many groups, 0 for any number
   * @return the indices of the blocks of each group, in their order
   */
  static List<List<Integer>> group(List<? extends Set<?>> shardsOfBlocks, int atMost) {
    int[] leader = new int[shardsOfBlocks.size()];
    Map<Object, Integer> blockOfShard = new HashMap<>();
    for (int block = 0; block < leader.length; block++) {
      leader[block] = block;
      for (Object shard : shardsOfBlocks.get(block)) {
        Integer other = blockOfShard.putIfAbsent(shard, block);
        if (other != null) {
          join(leader, other, block);
        }
      }
    }
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int block = 0; block < leader.length; block++) {
      groups.computeIfAbsent(find(leader, block), first -> new ArrayList<>()).add(block);
    }
    return atMost(new ArrayList<>(groups.values()), atMost);
  }

  private static List<List<Integer>> atMost(List<List<Integer>> groups, int atMost) {
    if (atMost <= 0 || groups.size() <= atMost) {
      return groups;
    }
    List<List<Integer>> merged = new ArrayList<>(groups.subList(0, atMost));
    for (int i = atMost; i < groups.size(); i++) {
      merged.get(i % atMost).addAll(groups.get(i));
    }
    return merged;
  }

  private static void join(int[] leader, int one, int other) {
    int first = find(leader, one);
    int second = find(leader, other);
    leader[Math.max(first, second)] = Math.min(first, second);
  }

  private static int find(int[] leader, int block) {
    int found = block;
    while (leader[found] != found) {
      leader[found] = leader[leader[found]];
      found = leader[found];
    }
    return found;
  }
}
