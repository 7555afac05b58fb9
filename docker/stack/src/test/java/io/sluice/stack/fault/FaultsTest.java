package io.sluice.stack.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private static final Call PUT = Call.of(StandIn.S3, "PutObject", "quakes/data/a.csv");

  private final Faults faults = new Faults(7);

  @Test
  void strikesTheNextCallAndNeverAgain() {
    long id = faults.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN));

    assertThat(strikes(5)).containsExactly(true, false, false, false, false);
    assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(1);
    assertThat(faults.report(id).orElseThrow().isSpent()).isTrue();
    assertThat(faults.threaten(StandIn.S3)).isFalse();
  }

  @Test
  void letsSomePassAndThenStrikesSoManyTimes() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).after(2).times(2));

    assertThat(strikes(6)).containsExactly(false, false, true, true, false, false);
  }

  @Test
  void theSameSeedStrikesTheSameCalls() {
    FaultOrder order = FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).withProbability(0.3);
    faults.order(order);
    List<Boolean> first = strikes(1_000);

    Faults again = new Faults(7);
    again.order(order);
    Faults other = new Faults(8);
    other.order(order);

    assertThat(strikes(again, 1_000)).isEqualTo(first);
    assertThat(strikes(other, 1_000)).isNotEqualTo(first);
    assertThat(first.stream().filter(struck -> struck).count()).isBetween(230L, 370L);
  }

  @Test
  void anOrderCountsOnlyTheCallsThatFitIt() {
    long id =
        faults.order(
            FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).at("Put*").on("quakes/*.csv").times(9));

    faults.strike(Call.of(StandIn.S3, "GetObject", "quakes/data/a.csv"), Fault.SLOW_DOWN);
    faults.strike(Call.of(StandIn.S3, "PutObject", "other/data/a.csv"), Fault.SLOW_DOWN);
    faults.strike(Call.of(StandIn.SQS, "PutObject", "quakes/data/a.csv"), Fault.SLOW_DOWN);
    faults.strike(PUT, Fault.RESET);
    faults.strike(PUT, Fault.SLOW_DOWN);

    assertThat(faults.report(id).orElseThrow().fitting()).isEqualTo(1);
    assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "*, PutObject, true",
    "PutObject, PutObject, true",
    "Put*, PutObject, true",
    "*Object, PutObject, true",
    "P*t*t, PutObject, true",
    "Put, PutObject, false",
    "put*, PutObject, false",
    "Put.*, PutObject, false",
  })
  void aStarStandsForAnyCharacters(String pattern, String operation, boolean fits) {
    CallPattern calls = CallPattern.ANY;

    boolean result =
        new CallPattern(pattern, calls.resource(), calls.status())
            .fits(Call.of(StandIn.S3, operation, ""));

    assertThat(result).isEqualTo(fits);
  }

  @Test
  void theOldestOrderThatStrikesIsTheOnlyOneThatCounts() {
    long first = faults.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN));
    long second = faults.order(FaultOrder.of(StandIn.S3, Fault.INTERNAL_ERROR));
    Set<Fault> both = Set.of(Fault.SLOW_DOWN, Fault.INTERNAL_ERROR);

    assertThat(faults.strike(PUT, both).orElseThrow().id()).isEqualTo(first);
    assertThat(faults.strike(PUT, both).orElseThrow().id()).isEqualTo(second);
    assertThat(faults.strike(PUT, both)).isEmpty();
  }

  @Test
  void aStatusIsWaitedFor() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).answeredWith(412));

    assertThat(faults.strike(PUT, Fault.LOST_ANSWER)).isEmpty();
    assertThat(faults.strike(PUT.answered(200), Fault.LOST_ANSWER)).isEmpty();
    assertThat(faults.strike(PUT.answered(412), Fault.LOST_ANSWER)).isPresent();
  }

  @Test
  void aWithdrawnOrderNeverStrikes() {
    long id = faults.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).always());
    faults.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).always());

    assertThat(faults.withdraw(id)).isTrue();
    assertThat(faults.withdraw(id)).isFalse();
    assertThat(faults.reports()).hasSize(1);

    faults.withdrawAll();
    assertThat(strikes(2)).containsExactly(false, false);
  }

  @Test
  void refusesAnOrderThatCouldNeverStrike() {
    Faults bare = new Faults(1, Set.of(StandIn.KINESIS));

    assertThatThrownBy(() -> bare.order(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN)))
        .hasMessage("s3 cannot fail here: the stack was started without its front");
    assertThat(bare.order(FaultOrder.of(StandIn.KINESIS, Fault.THROTTLE))).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> FaultOrder.of(StandIn.S3, Fault.DUPLICATE))
        .hasMessage("s3 has no fault duplicate");
    FaultOrder order = FaultOrder.of(StandIn.S3, Fault.LATENCY);
    assertThatThrownBy(() -> order.times(0)).hasMessage("times must be 1 or more, not 0");
    assertThatThrownBy(() -> order.after(-1)).hasMessage("after must be 0 or more, not -1");
    assertThatThrownBy(() -> order.withProbability(1.5))
        .hasMessage("probability must be above 0 and at most 1, not 1.5");
    assertThatThrownBy(() -> order.lasting(Duration.ZERO))
        .hasMessage("delay must be above 0, not PT0S");
    assertThatThrownBy(() -> order.answeredWith(412))
        .hasMessage(
            "a status is known only to lost-answer of s3, sqs and dynamodb, not to latency of s3");
    assertThatThrownBy(() -> FaultOrder.of(StandIn.KINESIS, Fault.LOST_ANSWER).answeredWith(200))
        .hasMessageContaining("not to lost-answer of kinesis");
    assertThatThrownBy(() -> FaultOrder.of(StandIn.REDSHIFT, Fault.LOST_IN_COPY).at("COMMIT"))
        .hasMessage(
            "operation 'COMMIT' is none at which lost-in-copy can strike in redshift: COPY");
    assertThatThrownBy(() -> order.at("putobject"))
        .hasMessageStartingWith("operation 'putobject' is none at which latency can strike in s3:");
    assertThatThrownBy(
            () -> FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).lasting(Duration.ofSeconds(1)))
        .hasMessage("delay means nothing to slow-down");
    assertThatThrownBy(
            () -> FaultOrder.of(StandIn.SQS, Fault.DELAY).lasting(Duration.ofMillis(1500)))
        .hasMessage("delay of delay must be whole seconds up to 15m, as SQS has it, not PT1.5S");
    assertThatThrownBy(
            () -> FaultOrder.of(StandIn.SQS, Fault.DELAY).lasting(Duration.ofMinutes(16)))
        .hasMessageContaining("up to 15m");
  }

  private List<Boolean> strikes(int calls) {
    return strikes(faults, calls);
  }

  private static List<Boolean> strikes(Faults faults, int calls) {
    List<Boolean> strikes = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      strikes.add(faults.strike(PUT, Fault.SLOW_DOWN).isPresent());
    }
    return strikes;
  }
}
