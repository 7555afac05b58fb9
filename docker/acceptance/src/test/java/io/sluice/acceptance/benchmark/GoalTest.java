package io.sluice.acceptance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.acceptance.benchmark.Goal.Judgement;
import io.sluice.acceptance.benchmark.Goal.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
  @ParameterizedTest
  @CsvSource({
    "W1, 6.3, STRETCH",
    "W1, 6.2, GATE",
    "W1, 5.0, GATE",
    "W1, 4.9, MISSED",
    "W10, 1.4, STRETCH",
    "W10, 1.5, GATE",
    "W10, 1.7, GATE",
    "W10, 1.8, MISSED"
  })
  void judgesByTheSenseOfTheGoal(Goal goal, double ratio, Verdict verdict) {
    assertThat(goal.judge(List.of(ratio)).verdict()).isEqualTo(verdict);
  }

  @Test
  void judgesByTheMedianAndKeepsEveryRound() {
    Judgement judgement = Goal.W1.judge(List.of(9.0, 1.0, 5.5, 5.1, 20.0));

    assertThat(judgement.ratio()).isEqualTo(new Spread(5.5, 1.0, 20.0));
    assertThat(judgement.verdict()).isEqualTo(Verdict.GATE);
    assertThat(judgement.rounds()).containsExactly(9.0, 1.0, 5.5, 5.1, 20.0);
    assertThat(judgement.goal()).isEqualTo("W1");
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
  }

  @Test
  void percentilesTakeTheNearestRank() {
    List<Double> hundred =
        java.util.stream.IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(Spread.percentile(hundred, 0.5)).isEqualTo(50);
    assertThat(Spread.percentile(hundred, 0.99)).isEqualTo(99);
    assertThat(Spread.percentile(List.of(3.0), 0.99)).isEqualTo(3);
  }

  @Test
  void nothingMeasuredIsNoResult() {
    assertThatThrownBy(() -> Goal.W1.judge(List.of())).hasMessage("nothing was measured");
  }
}
