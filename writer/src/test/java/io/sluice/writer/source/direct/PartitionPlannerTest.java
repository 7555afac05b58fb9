package io.sluice.writer.source.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionPlannerTest {
  @Test
  void withoutAWishEachShardIsATask() {
    assertThat(sizes(PartitionPlanner.group(shards(5), 0))).containsExactly(1, 1, 1, 1, 1);
    assertThat(sizes(PartitionPlanner.group(shards(2), 5))).containsExactly(1, 1);
    assertThat(PartitionPlanner.group(List.of(), 3)).isEmpty();
  }

  @Test
  void shardsAreSpreadEvenly() {
    List<List<ShardPlan>> groups = PartitionPlanner.group(shards(10), 4);

    assertThat(sizes(groups)).containsExactlyInAnyOrder(2, 3, 2, 3);
    assertThat(groups.stream().flatMap(List::stream).map(ShardPlan::shard))
        .containsExactlyInAnyOrderElementsOf(shards(10).stream().map(ShardPlan::shard).toList());
  }

  @Test
  void shardsThatOneExecutorHasReadAheadStayTogether() {
    List<ShardPlan> mixed =
        List.of(
            shard(0, "executor_b"),
            shard(1, "executor_a"),
            shard(2, "executor_b"),
            shard(3, "executor_a"));

    List<List<ShardPlan>> groups = PartitionPlanner.group(mixed, 2);

    assertThat(groups)
        .allSatisfy(
            group -> assertThat(group.stream().map(ShardPlan::executor).distinct()).hasSize(1));
  }

  private static List<Integer> sizes(List<List<ShardPlan>> groups) {
    return groups.stream().map(List::size).toList();
  }

  private static List<ShardPlan> shards(int count) {
    return IntStream.range(0, count).mapToObj(i -> shard(i, null)).toList();
  }

  private static ShardPlan shard(int number, String executor) {
    return new ShardPlan(
        "stream",
        ShardMark.unread("shardId-%012d".formatted(number)),
        StartPosition.trimHorizon(),
        null,
        executor,
        BigInteger.ZERO,
        BigInteger.ONE);
  }
}
