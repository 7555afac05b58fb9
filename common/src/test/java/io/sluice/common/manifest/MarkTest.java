package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class MarkTest {
  @Test
  void comparesAsNumbersThenBySubSequence() {
    Mark nine = new Mark(new BigInteger("9"), 5);
    Mark ten = new Mark(new BigInteger("10"), 0);

    assertThat(nine).isLessThan(ten);
    assertThat(new Mark(BigInteger.TEN, 1)).isGreaterThan(ten);
    assertThat(new Mark(BigInteger.TEN, 0)).isEqualByComparingTo(ten);
  }
}
