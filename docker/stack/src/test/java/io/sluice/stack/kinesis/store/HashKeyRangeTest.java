package io.sluice.stack.kinesis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyRangeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 500})
  void evenPartsCoverTheKeySpaceWithoutGaps(int parts) {
    List<HashKeyRange> ranges = HashKeyRange.evenly(parts);

    assertThat(ranges).hasSize(parts);
    assertThat(ranges.get(0).start()).isZero();
    assertThat(ranges.get(parts - 1).end()).isEqualTo(HashKeyRange.MAX);
    for (int i = 1; i < parts; i++) {
      assertThat(ranges.get(i - 1).isFollowedBy(ranges.get(i))).isTrue();
    }
  }

  @Test
  void twoPartsMeetInTheMiddleAsOnAws() {
    assertThat(HashKeyRange.evenly(2).get(1).start())
        .isEqualTo(new BigInteger("170141183460469231731687303715884105728"));
  }

  @Test
  void hashesPartitionKeysByMd5() {
    assertThat(HashKeyRange.hashKeyOf("").toString(16))
        .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void containsItsEndsAndNothingBeyond() {
    HashKeyRange upper = HashKeyRange.evenly(2).get(1);

    assertThat(upper.contains(upper.start())).isTrue();
    assertThat(upper.contains(upper.end())).isTrue();
    assertThat(upper.contains(upper.start().subtract(BigInteger.ONE))).isFalse();
  }

  @Test
  void whatIsSplitJoinsAgain() {
    HashKeyRange whole = new HashKeyRange(BigInteger.ZERO, HashKeyRange.MAX);
    BigInteger cut = BigInteger.valueOf(1_000);

    assertThat(whole.canSplitAt(cut)).isTrue();
    assertThat(whole.canSplitAt(BigInteger.ZERO)).isFalse();
    assertThat(whole.below(cut).joinedWith(whole.from(cut))).isEqualTo(whole);
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> new HashKeyRange(BigInteger.TEN, BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a hash key range: 10 to 1");
  }
}
