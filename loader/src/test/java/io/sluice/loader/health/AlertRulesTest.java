package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.TestClock;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.warehouse.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final Duration OBJECTIVE = Duration.ofMinutes(10);
  private static final Duration EXPECTED = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private final Instant start = clock.instant();
  private final Backlog backlog = new Backlog(10);
  private final List<String> told = new ArrayList<>();
  private AlertRules rules = rules(TableGoals.NONE);

  @Test
  void tellsOfAPausedTableOnceAndOfItsRecovery() {
    rules.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "it was dropped"));
    rules.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "still dropped"));
    rules.recovered(Loads.TABLE);
    rules.recovered(Loads.TABLE);

    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .startsWith("firing paused: public.things is paused: ")
        .contains("it was dropped")
        .contains("What to do: ");
    assertThat(told.get(1)).isEqualTo("resolved paused: public.things loads again");
  }

  @Test
  void tellsOfARefusedLoginOnceForAllTables() {
    TableName other = TableName.parse("public.others");
    LoadException refused = Loads.refusedLogin(start.plusSeconds(30));

    rules.paused(Loads.TABLE, refused);
    rules.paused(other, refused);
    rules.recovered(other);
    rules.recovered(Loads.TABLE);

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("firing login: the warehouse does not let the loader in: ");
    assertThat(told.get(1)).isEqualTo("resolved login: the warehouse lets the loader in again");
  }

  @Test
  void tellsOfRefusedBatchesUntilNoneIsLeft() {
    backlog.offer(Loads.waiting(1, start, start));
    backlog.refuse(Loads.id(1), start.plusSeconds(60));
    rules.refused(Loads.id(1), Loads.failure(FailureKind.TRANSIENT, "Invalid digit"));
    rules.refused(Loads.id(1), Loads.failure(FailureKind.TRANSIENT, "Invalid digit"));
    check();

    assertThat(told).singleElement().asString().contains("firing refused").contains("#1/");
    backlog.settle(List.of(Loads.id(1)));
    check();
    assertThat(told.get(1))
        .isEqualTo("resolved refused: no refused batch of public.things is left");
  }

  @Test
  void tellsHowManyRowsAreLeftOutOfAFile() {
    rules.quarantined(Loads.TABLE, Loads.badRows("part-2", 3));

    assertThat(told.get(0)).startsWith("firing quarantined: 3 rows of part-2 of public.things set");
  }

  @Test
  void takesFilesThatAreSetAsideOneAfterAnotherForOneIncident() {
    rules.quarantined(Loads.TABLE, Loads.badFile("part-1"));
    clock.advance(Duration.ofMinutes(59));
    check();
    rules.quarantined(Loads.TABLE, Loads.badRows("part-2", 3));
    clock.advance(Duration.ofMinutes(59));
    check();
    assertThat(told)
        .containsExactly(
            "firing quarantined: part-1 of public.things set aside: s3://bucket/part-1, line 1, column"
                + " id: Invalid digit (code 1207). The rest is loaded");

    clock.advance(Duration.ofMinutes(1));
    check();

    assertThat(told.get(1))
        .isEqualTo(
            "resolved quarantined: 2 files of public.things were set aside, as a whole or in part,"
                + " none in the last 1h");
  }

  @Test
  void tellsOfRecordsThatWaitBeyondTheObjective() {
    rules = rules(new TableGoals(Optional.of(OBJECTIVE), Optional.empty()));
    backlog.offer(Loads.waiting(1, start, start));
    clock.advance(OBJECTIVE);
    check();
    assertThat(told).isEmpty();

    clock.advance(Duration.ofSeconds(5));
    check();
    check();

    assertThat(told)
        .containsExactly(
            "firing stale: 1 batches of public.things wait, the oldest record for 10m 5s, and the"
                + " objective is 10m");
    backlog.settle(List.of(Loads.id(1)));
    check();
    assertThat(told.get(1)).isEqualTo("resolved stale: public.things is fresh again, within 10m");
  }

  @Test
  void takesLoadsThatAreLateOneAfterAnotherForOneIncident() {
    rules = rules(new TableGoals(Optional.of(OBJECTIVE), Optional.empty()));
    for (int i = 0; i < 3; i++) {
      rules.loaded(Loads.outcome(clock.instant(), OBJECTIVE.plusSeconds(30)));
      check();
      clock.advance(Duration.ofMinutes(5));
      check();
    }
    assertThat(told)
        .containsExactly(
            "firing stale: public.things was loaded 10m 30s after its oldest record arrived, and"
                + " the objective is 10m");

    rules.loaded(Loads.outcome(clock.instant(), OBJECTIVE));
    check();

    assertThat(told).hasSize(2);
  }

  @Test
  void endsALateLoadAfterWhichNothingCame() {
    rules = rules(new TableGoals(Optional.of(OBJECTIVE), Optional.empty()));
    rules.loaded(Loads.outcome(clock.instant(), OBJECTIVE.plusSeconds(30)));

    clock.advance(OBJECTIVE.plusSeconds(1));
    check();

    assertThat(told).hasSize(2);
  }

  @Test
  void tellsOfSilenceFromTheStartOnAndFromTheNewestBatch() {
    rules = rules(new TableGoals(Optional.empty(), Optional.of(EXPECTED)));
    clock.advance(EXPECTED);
    check();
    assertThat(told).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    check();
    check();
    assertThat(told)
        .containsExactly(
            "firing silent: no batch of public.things since 2026-11-22T06:00:00Z, and one is"
                + " expected every 1h: look after the writer");

    backlog.offer(Loads.waiting(1, clock.instant(), clock.instant()));
    check();
    assertThat(told.get(1)).isEqualTo("resolved silent: batches of public.things come again");
  }

  @Test
  void countsSilenceByTheTimeOfBatchesNotOfTheirLoads() {
    rules = rules(new TableGoals(Optional.empty(), Optional.of(EXPECTED)));
    clock.advance(EXPECTED.multipliedBy(2));

    // Old batches are caught up with: the writer is silent all the same.
    rules.loaded(Loads.outcome(clock.instant(), Duration.ofMinutes(70)));
    check();

    assertThat(told).singleElement().asString().contains("since 2026-11-22T06:50:01Z");
  }

  @Test
  void takesNewGoalsAndEndsWhatTheyLeaveOut() {
    rules = rules(new TableGoals(Optional.of(OBJECTIVE), Optional.of(EXPECTED)));
    backlog.offer(Loads.waiting(1, start, start));
    clock.advance(EXPECTED.plusSeconds(1));
    check();
    rules.paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "dropped"));
    assertThat(told).hasSize(3).allMatch(line -> line.startsWith("firing"));
    told.clear();

    rules.expect(Map.of(Loads.TABLE, TableGoals.NONE));
    check();
    assertThat(told)
        .containsExactlyInAnyOrder(
            "resolved stale: nothing is expected of public.things any more",
            "resolved silent: nothing is expected of public.things any more");

    rules.expect(Map.of());
    assertThat(told.get(2)).isEqualTo("resolved paused: public.things is no longer loaded");
  }

  @Test
  void expectsNothingWithoutGoals() {
    backlog.offer(Loads.waiting(1, start, start));
    clock.advance(Duration.ofDays(7));

    check();

    assertThat(told).isEmpty();
  }

  private void check() {
    rules.check(Map.of(Loads.TABLE, backlog));
  }

  private AlertRules rules(TableGoals goals) {
    AlertRules made =
        new AlertRules(
            clock,
            alert -> {
              String head = (alert.state() + " " + alert.kind()).toLowerCase(Locale.ROOT);
              told.add(head + ": " + alert.summary());
            });
    made.expect(Map.of(Loads.TABLE, goals));
    return made;
  }
}
