package io.sluice.acceptance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {
  @Test
  void twoTakeTurnsInWhoBegins() {
    assertThat(orders(4, List.of("a", "b")))
        .containsExactly(
            List.of("a", "b"), List.of("b", "a"), List.of("b", "a"), List.of("a", "b"));
  }

  @Test
  void threeHaveEveryOrderOnce() {
    assertThat(orders(6, List.of("a", "b", "c"))).doesNotHaveDuplicates().hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void eachBeginsAndEndsAsOftenAsAnyOther(int ways) {
    List<Integer> all = IntStream.range(0, ways).boxed().toList();

    List<List<Integer>> orders = orders(2 * ways, all);

    assertThat(counted(orders, 0).values()).hasSize(ways).containsOnly(2);
    assertThat(counted(orders, ways - 1).values()).hasSize(ways).containsOnly(2);
    assertThat(orders).allSatisfy(order -> assertThat(order).hasSameElementsAs(all));
  }

  @Test
  void amongThreeEachFollowsEachAsOften() {
    Map<String, Integer> pairs = new HashMap<>();
    for (List<String> order : orders(6, List.of("a", "b", "c"))) {
      for (int i = 1; i < order.size(); i++) {
        pairs.merge(order.get(i - 1) + order.get(i), 1, Integer::sum);
      }
    }

    assertThat(pairs).hasSize(6);
    assertThat(pairs.values()).containsOnly(2);
  }

  private static Map<Integer, Integer> counted(List<List<Integer>> orders, int place) {
    Map<Integer, Integer> counts = new HashMap<>();
    orders.forEach(order -> counts.merge(order.get(place), 1, Integer::sum));
    return counts;
  }

  private static <W> List<List<W>> orders(int rounds, List<W> ways) {
    List<List<W>> orders = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      orders.add(Turns.inRound(round, ways));
    }
    return orders;
  }
}
