package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final LoadPolicy POLICY =
      new LoadPolicy(Duration.ofSeconds(30), Duration.ofMinutes(2), 1000, 20, 5);

  @Test
  void waitsForABatchWhenNoneIsThere() {
    LoadPlan plan = LoadPlanner.plan(List.of(), POLICY, Pace.NONE, NOW);

    assertThat(plan.isDue()).isFalse();
    assertThat(plan.notBefore()).isEqualTo(Instant.MAX);
  }

  @Test
  void waitsUntilTheOldestBatchHasWaitedLongEnough() {
    List<PendingBatch> pending = List.of(batch(1, 10, 1, 10), batch(2, 10, 1, 20));

    LoadPlan plan = LoadPlanner.plan(pending, POLICY, Pace.NONE, NOW);

    assertThat(plan.isDue()).isFalse();
    assertThat(plan.notBefore()).isEqualTo(NOW.plusSeconds(10));
    assertThat(LoadPlanner.plan(pending, POLICY, Pace.NONE, NOW.plusSeconds(10)).batches())
        .isEqualTo(pending);
  }

  @ParameterizedTest(name = "{0} batches of {1} bytes and {2} files: a load of {3}")
  @CsvSource({
    "4, 100, 1, 0", // below every limit, and young
    "5, 100, 1, 5", // the count is reached
    "7, 100, 1, 5", // the count is passed: larger than a load
    "2, 500, 1, 2", // the bytes are reached
    "3, 400, 1, 2", // the bytes are passed by the third
    "2, 100, 10, 2", // the files are reached
    "3, 100, 8, 2", // the files are passed by the third
    "1, 5000, 1, 1", // one batch beyond a limit goes alone
    "2, 5000, 1, 1",
  })
  void loadsAtOnceWhenALimitIsReached(int count, long bytes, int files, int loaded) {
    List<PendingBatch> pending = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pending.add(batch(i, bytes, files, 0));
    }

    LoadPlan plan = LoadPlanner.plan(pending, POLICY, Pace.NONE, NOW);

    assertThat(plan.batches()).isEqualTo(pending.subList(0, loaded));
  }

  @Test
  void neverLoadsBeforeTheMinimumIntervalHasPassed() {
    List<PendingBatch> pending = List.of(batch(1, 5000, 1, 500));
    Pace last = began(NOW.minusSeconds(100));

    LoadPlan plan = LoadPlanner.plan(pending, POLICY, last, NOW);

    assertThat(plan.isDue()).isFalse();
    assertThat(plan.notBefore()).isEqualTo(NOW.plusSeconds(20));
    assertThat(LoadPlanner.plan(pending, POLICY, last, NOW.plusSeconds(20)).isDue()).isTrue();
  }

  @Test
  void keepsManifestOrderInAFolderAndTimeOrderAcrossFolders() {
    PendingBatch tenth = at("s3://bucket-a/x", 10, 100);
    PendingBatch second = at("s3://bucket-a/x", 2, 20);
    PendingBatch other = at("s3://bucket-b", 7, 50);

    TreeSet<PendingBatch> order = new TreeSet<>(List.of(tenth, second, other));

    assertThat(order).containsExactly(second, other, tenth);
  }

  /** An hour's outage is caught up by few loads, each as large as the policy lets it be. */
  @Test
  void catchesUpByLargeLoads() {
    List<PendingBatch> pending = new ArrayList<>();
    for (int i = 1; i <= 360; i++) {
      pending.add(batch(i, 10, 1, 3600 - i * 10L));
    }
    LoadPolicy policy = new LoadPolicy(Duration.ofSeconds(30), Duration.ofMinutes(2), 1000, 99, 99);
    Instant now = NOW;
    Pace last = Pace.NONE;
    int loads = 0;

    while (!pending.isEmpty()) {
      LoadPlan plan = LoadPlanner.plan(pending, policy, last, now);
      if (plan.isDue()) {
        loads++;
        last = began(now);
        pending = pending.subList(plan.batches().size(), pending.size());
      } else {
        now = plan.notBefore();
      }
    }

    assertThat(loads).isEqualTo(4);
    assertThat(now).isEqualTo(NOW.plus(Duration.ofMinutes(6)));
  }

  @Test
  void waitsForTheIntervalOfThePaceUnlessTheLoadIsFull() {
    LoadPolicy following =
        new LoadPolicy(
            Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(15), 1000, 20, 5);
    Instant begun = NOW.minusSeconds(150);
    Pace slow = new Pace(begun, NOW.minusSeconds(30), Duration.ofMinutes(3));
    List<PendingBatch> few = List.of(batch(1, 10, 1, 300));
    List<PendingBatch> many = List.of(batch(1, 900, 1, 300), batch(2, 900, 1, 0));

    LoadPlan small = LoadPlanner.plan(few, following, slow, NOW);
    LoadPlan full = LoadPlanner.plan(many, following, slow, NOW);

    assertThat(small.isDue()).isFalse();
    assertThat(small.notBefore()).isEqualTo(begun.plus(Duration.ofMinutes(6)));
    assertThat(full.batches()).isEqualTo(many.subList(0, 1));
    assertThat(full.full()).isTrue();
  }

  @ParameterizedTest(name = "held for {0} s, last load begun {1} s and ended {2} s ago: {3} s")
  @CsvSource({
    "31, 900, 800, 1", // since it had waited for long enough
    "300, 130, 100, 10", // since the interval had passed
    "300, 130, 4, 4", // since the last load ended
  })
  void isOverdueSinceItWasDueOrTheLastLoadEnded(long held, long begun, long ended, long overdue) {
    Pace pace = new Pace(NOW.minusSeconds(begun), NOW.minusSeconds(ended), Duration.ZERO);

    LoadPlan plan = LoadPlanner.plan(List.of(batch(1, 10, 1, held)), POLICY, pace, NOW);

    assertThat(plan.overdueSince()).isEqualTo(NOW.minusSeconds(overdue));
    assertThat(plan.full()).isFalse();
  }

  @Test
  void isOverdueSinceALimitWasReached() {
    List<PendingBatch> pending = List.of(batch(1, 600, 1, 20), batch(2, 400, 1, 7));

    LoadPlan plan = LoadPlanner.plan(pending, POLICY, Pace.NONE, NOW);

    assertThat(plan.overdueSince()).isEqualTo(NOW.minusSeconds(7));
    assertThat(plan.full()).isTrue();
  }

  private static Pace began(Instant time) {
    return new Pace(time, time, Duration.ZERO);
  }

  private static PendingBatch batch(long number, long bytes, int files, long heldSeconds) {
    return new PendingBatch(
        new BatchId(BatchFolder.parse("s3://bucket/x"), number, TableName.parse("t")),
        1,
        bytes,
        files,
        NOW,
        NOW,
        NOW.minusSeconds(heldSeconds));
  }

  private static PendingBatch at(String folder, long number, long second) {
    Instant time = NOW.plusSeconds(second);
    BatchId id = new BatchId(BatchFolder.parse(folder), number, TableName.parse("t"));
    return new PendingBatch(id, 1, 1, 1, time, time, NOW);
  }
}
