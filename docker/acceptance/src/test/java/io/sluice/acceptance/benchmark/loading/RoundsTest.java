package io.sluice.acceptance.benchmark.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.benchmark.Spread;
import io.sluice.acceptance.benchmark.loading.Rounds.Figure;
import io.sluice.acceptance.benchmark.loading.Rounds.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void runsInTurnForgetsTheFirstRoundAndDividesRoundByRound() throws Exception {
    List<String> order = new ArrayList<>();
    List<Double> ours = new ArrayList<>(List.of(100.0, 2.0, 6.0));
    List<Double> theirs = new ArrayList<>(List.of(1.0, 1.0, 2.0));

    Rounds rounds =
        Rounds.of(
            "contest",
            "s",
            List.of(way("ours", ours, order), way("theirs", theirs, order)),
            2,
            line -> {});

    assertThat(order).containsExactly("ours", "theirs", "theirs", "ours", "theirs", "ours");
    assertThat(rounds.ratios("ours", "theirs")).containsExactly(2.0, 3.0);
    assertThat(rounds.figure("ours"))
        .isEqualTo(new Figure("contest: ours", "s", new Spread(4.0, 2.0, 6.0)));
  }

  private static Way way(String name, List<Double> measures, List<String> order) {
    return new Way(
        name,
        () -> {
          order.add(name);
          return measures.remove(0);
        });
  }
}
