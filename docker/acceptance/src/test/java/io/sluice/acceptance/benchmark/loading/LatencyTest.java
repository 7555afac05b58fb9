package io.sluice.acceptance.benchmark.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void takesTheMedianOfTheRawCopiesOffEachBatch() {
    assertThat(Latency.overhead(List.of(10.0, 20.0), List.of(3.0, 4.0, 100.0)))
        .containsExactly(6.0, 16.0);
  }
}
