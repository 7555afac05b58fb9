package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final LoadPolicy POLICY =
      new LoadPolicy(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(15), 1000, 100, 8);

  private final LoadSchedule schedule = new LoadSchedule();
  private Instant now = NOW;

  @Test
  void isNotMisledByOneSlowCopyAndFollowsASlowWarehouse() {
    for (int seconds : List.of(3, 3, 3, 300)) {
      copy(seconds, 1);
    }
    assertThat(interval()).isEqualTo(Duration.ofSeconds(10));

    copy(300, 1);
    copy(300, 1);

    assertThat(interval()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void learnsNothingFromLoadsThatCatchUp() {
    copy(3, 1);
    for (int i = 0; i < 10; i++) {
      copy(300, 20);
    }

    assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void halvesWhatWasTooLargeAndGrowsAgain() {
    assertThat(schedule.plan(batches(20), POLICY, now).batches()).hasSize(8);

    schedule.tooLarge(8);
    assertThat(schedule.plan(batches(20), POLICY, now).batches()).hasSize(4);
    schedule.wentWell();
    assertThat(schedule.plan(batches(20), POLICY, now).batches()).hasSize(8);
    schedule.tooLarge(1);
    assertThat(schedule.plan(batches(20), POLICY, now).batches()).hasSize(1);
    for (int i = 0; i < 100; i++) {
      schedule.wentWell();
    }
    assertThat(schedule.plan(batches(20), POLICY, now).batches()).hasSize(8);
  }

  @Test
  void countsTheIntervalFromTheStartOfALoadThatCopiedOnly() {
    copy(4, 1);
    now = now.plusSeconds(10);
    schedule.ended(now);

    LoadPlan plan = schedule.plan(batches(1), POLICY, now);

    assertThat(plan.isDue()).isTrue();
    assertThat(plan.overdueSince()).isEqualTo(now);
  }

  private void copy(int seconds, int pending) {
    now = now.plusSeconds(1000);
    LoadPlan plan = schedule.plan(batches(pending), POLICY, now);
    assertThat(plan.isDue()).isTrue();
    Instant begun = now;
    now = now.plusSeconds(seconds);
    schedule.copied(plan, begun, now);
  }

  private Duration interval() {
    return schedule.pace().interval(POLICY);
  }

  private static List<PendingBatch> batches(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number ->
                new PendingBatch(
                    new BatchId(
                        BatchFolder.parse("s3://bucket/x"), number, TableName.parse("things")),
                    1,
                    1,
                    1,
                    NOW,
                    NOW,
                    NOW))
        .toList();
  }
}
