package io.sluice.writer.source.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.writer.source.DirectConfig.Pace;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {
  private long now;
  private final Pacer pacer = new Pacer(new Pace(5, 1000), () -> now);

  @Test
  void fiveCallsASecondAreAFifthOfASecondApart() {
    assertThat(pacer.claimCall()).isZero();
    assertThat(pacer.claimCall()).isEqualTo(millis(200));
    assertThat(pacer.claimCall()).isEqualTo(millis(400));
    now = millis(1000);

    assertThat(pacer.claimCall()).isZero();
  }

  @Test
  void aLargeAnswerIsPaidForBeforeTheNextCall() {
    pacer.claimCall();
    pacer.received(6000);
    now = millis(1000);

    assertThat(pacer.claimCall()).isBetween(millis(4000), millis(4002));
  }

  @Test
  void roomForMoreThanASecondIsNotSaved() {
    now = millis(60_000);
    pacer.received(2000);

    assertThat(pacer.delay()).isBetween(millis(1000), millis(1002));
  }

  @Test
  void aShardKeepsItsPacerUnlessThePaceChanges() {
    Pacer first = Pacer.of("s", "shard", new Pace(5, 1000));

    assertThat(Pacer.of("s", "shard", new Pace(5, 1000))).isSameAs(first);
    assertThat(Pacer.of("s", "shard", new Pace(4, 1000))).isNotSameAs(first);
    assertThat(Pacer.of("t", "shard", new Pace(5, 1000))).isNotSameAs(first);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
