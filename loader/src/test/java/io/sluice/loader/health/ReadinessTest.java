package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.warehouse.FailureKind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final TableName OTHER = TableName.parse("public.others");

  private final TestClock clock = new TestClock();
  private final Readiness readiness = new Readiness(clock);

  @Test
  void isNotReadyBeforeItRunsAndBothHaveAnswered() {
    assertThat(readiness.reasons())
        .containsExactly(
            "starting: the checks have not passed yet",
            "the queue has not answered yet",
            "the warehouse has not answered yet");

    readiness.running();
    readiness.received(0);
    readiness.warehouseAnswered();

    assertThat(readiness.reasons()).isEmpty();
  }

  @Test
  void tellsWhoDoesNotAnswerUntilItDoes() {
    run();

    readiness.queueFailed("cannot receive");
    readiness.warehouseFailed("cannot connect");

    assertThat(readiness.reasons())
        .containsExactly(
            "the queue does not answer, asked at 2026-11-22T06:00:00Z: cannot receive",
            "the warehouse does not answer, asked at 2026-11-22T06:00:00Z: cannot connect");

    readiness.received(3);
    readiness.loaded(Loads.outcome(clock.instant()));
    assertThat(readiness.reasons()).isEmpty();
  }

  @Test
  void isReadyWhileOneTableLoads() {
    run();
    LoadException reason = Loads.failure(FailureKind.MISCONFIGURED, "dropped");

    readiness.paused(Loads.TABLE, reason);
    assertThat(readiness.reasons()).isEmpty();
    assertThat(readiness.paused()).containsOnlyKeys(Loads.TABLE);

    readiness.paused(OTHER, reason);
    assertThat(readiness.reasons())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains(" is paused: ").contains("dropped"));

    readiness.recovered(OTHER);
    assertThat(readiness.reasons()).isEmpty();
  }

  @Test
  void isNotReadyWhenItStops() {
    run();

    readiness.stopping();

    assertThat(readiness.reasons()).containsExactly("stopping");
  }

  @Test
  void forgetsATableThatIsNoLongerLoaded() {
    run();
    readiness.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "dropped"));

    readiness.expect(Set.of(OTHER));

    assertThat(readiness.paused()).isEmpty();
    assertThat(readiness.reasons()).isEmpty();
  }

  private void run() {
    readiness.expect(Set.of(Loads.TABLE, OTHER));
    readiness.running();
    readiness.received(0);
    readiness.warehouseAnswered();
  }
}
