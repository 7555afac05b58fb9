package io.sluice.stack.kinesis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordLogTest {
  private final RecordLog records = new RecordLog();

  @Test
  void indicesStayWhileOldRecordsGo() {
    for (int i = 1; i <= 10_000; i++) {
      records.add(new KeptRecord(i, "k" + i, new byte[0]));
      if (i > 100) {
        assertThat(records.removeFirst().partitionKey()).isEqualTo("k" + (i - 100));
      }
    }

    assertThat(records.size()).isEqualTo(100);
    assertThat(records.firstIndex()).isEqualTo(9_901);
    assertThat(records.get(9_901).partitionKey()).isEqualTo("k9901");
    assertThat(records.get(10_000).partitionKey()).isEqualTo("k10000");
    assertThat(records.firstSince(9_950)).isEqualTo(9_950);
    assertThat(records.firstSince(0)).isEqualTo(9_901);
    assertThat(records.firstSince(10_001)).isEqualTo(records.nextIndex());
  }
}
