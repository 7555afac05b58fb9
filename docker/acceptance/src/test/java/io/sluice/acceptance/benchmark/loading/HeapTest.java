package io.sluice.acceptance.benchmark.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapTest {
  @Test
  void readsTheTotalOfAHistogram() {
    String histogram =
        """
        4711:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         10000        1000000  [B (java.base@17)
        Total         10000        1000000
        """;

    assertThat(Heap.total(histogram)).isEqualTo(1_000_000);
  }

  @Test
  void anAnswerWithoutATotalIsNoHeap() {
    assertThatThrownBy(() -> Heap.total("no such process"))
        .hasMessage("no histogram of a heap: no such process");
  }
}
