package io.sluice.acceptance.benchmark.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.benchmark.EventColumn;
import org.junit.jupiter.api.Test;

class EventRowsTest {
  private final EventRows rows = new EventRows();

  @Test
  void hasAFieldAColumnAndItsIdFirst() {
    String row = rows.csv(7);

    assertThat(row).startsWith(rows.id(7) + ",").endsWith("\n");
    assertThat(row.split(",", -1)).hasSize(EventColumn.values().length);
    assertThat(rows.id(8)).isNotEqualTo(rows.id(7));
  }
}
