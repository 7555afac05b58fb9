package io.sluice.stack.kinesis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {
  private static final long OPENED = 1_795_324_350L;

  @Test
  void looksLikeOneOfKinesis() {
    SequenceNumber number = SequenceNumber.of(OPENED, 3, 1, OPENED + 60);

    assertThat(number.toString()).hasSize(56).startsWith("49");
  }

  @Test
  void givesBackWhatItWasMadeOf() {
    SequenceNumber made = SequenceNumber.of(OPENED, 4_711, 123_456_789_012L, OPENED + 5);

    SequenceNumber read = SequenceNumber.parse(made.toString());

    assertThat(read).isEqualTo(made);
    assertThat(read.openedSecond()).isEqualTo(OPENED);
    assertThat(read.shardNumber()).isEqualTo(4_711);
    assertThat(read.index()).isEqualTo(123_456_789_012L);
  }

  @Test
  void risesWithTheIndexEvenIfTimeStandsStill() {
    assertThat(SequenceNumber.of(OPENED, 0, 2, OPENED))
        .isGreaterThan(SequenceNumber.of(OPENED, 0, 1, OPENED));
    assertThat(SequenceNumber.of(OPENED, 0, SequenceNumber.END_INDEX, OPENED))
        .isGreaterThan(SequenceNumber.of(OPENED, 0, 1L << 40, OPENED + 99_999));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "12345", "-1", "4959033", "abc"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> SequenceNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a sequence number: " + text);
  }
}
