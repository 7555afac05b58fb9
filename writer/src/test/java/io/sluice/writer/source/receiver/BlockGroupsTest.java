package io.sluice.writer.source.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockGroupsTest {
  @Test
  void receiversWithShardsOfTheirOwnAreApart() {
    assertThat(
            BlockGroups.group(List.of(Set.of("a", "b"), Set.of("c"), Set.of("b"), Set.of("c")), 0))
        .containsExactly(List.of(0, 2), List.of(1, 3));
  }

  @Test
  void aLeaseThatMovedJoinsTheBlocksOfBothReceivers() {
    assertThat(
            BlockGroups.group(
                List.of(Set.of("a"), Set.of("b"), Set.of("c"), Set.of("b", "c"), Set.of("a")), 0))
        .containsExactly(List.of(0, 4), List.of(1, 2, 3));
  }

  @Test
  void thereAreNoMoreGroupsThanWished() {
    assertThat(BlockGroups.group(List.of(Set.of("a"), Set.of("b"), Set.of("c"), Set.of("d")), 2))
        .containsExactly(List.of(0, 2), List.of(1, 3));
  }

  @Test
  void noBlocksNoGroups() {
    assertThat(BlockGroups.group(List.of(), 3)).isEmpty();
  }
}
