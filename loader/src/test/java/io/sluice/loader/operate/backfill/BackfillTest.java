package io.sluice.loader.operate.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.operate.backfill.BackfillResult.State;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LedgerRow;
import io.sluice.loader.warehouse.MissingRows;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BackfillTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final TableName OTHER = TableName.parse("others");
  private static final LoadPolicy BY_THREE =
      new LoadPolicy(Duration.ZERO, Duration.ZERO, 1L << 30, 1000, 3);

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  private final LandedFolder landed = new LandedFolder(bucket, folder);
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE, OTHER);
  private final BatchFolders folders = new BatchFolders(List.of(folder), name -> bucket);
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final List<BackfillListener.Progress> progress =
      Collections.synchronizedList(new ArrayList<>());
  private Duration patience = Duration.ofMinutes(1);

  @Test
  void loadsInLargeLoadsInTheOrderOfTheLog() throws InterruptedException {
    land(7);

    assertThat(run(backfill(TABLE, OTHER)))
        .extracting(BackfillResult::state, BackfillResult::loaded, BackfillResult::loads)
        .containsExactly(tuple(State.DONE, 7L, 3L), tuple(State.DONE, 7L, 3L));

    assertThat(warehouse.rows(TABLE))
        .containsExactly("1,x", "2,x", "3,x", "4,x", "5,x", "6,x", "7,x");
    assertThat(progress.get(progress.size() - 1))
        .isEqualTo(new BackfillListener.Progress(0, 7, 14, 14, 14));
    assertThat(run(backfill(TABLE)))
        .extracting(BackfillResult::loaded, BackfillResult::known)
        .containsExactly(tuple(0L, 7L));
  }

  @Test
  void triesAgainWhatPassesAndAsksTheLedgerAfterALostCommit() throws InterruptedException {
    land(5);
    warehouse.failNextBegin(FailureKind.TRANSIENT, "1023");
    warehouse.loseNextCommitAfterItHappened();
    warehouse.loseNextCommitBeforeItHappens();

    assertThat(run(backfill(TABLE)))
        .extracting(BackfillResult::state, BackfillResult::loaded, BackfillResult::rows)
        .containsExactly(tuple(State.DONE, 5L, 5L));

    assertThat(warehouse.rows(TABLE)).hasSize(5);
    assertThat(said).anyMatch(words -> words.matches(".* 1023; try 2 in [0-9.]+m?s"));
  }

  @Test
  void loadsLessAtOnceAfterATimeout() throws InterruptedException {
    land(3);
    warehouse.timeOutNextCopy();

    assertThat(run(backfill(TABLE)))
        .extracting(BackfillResult::loaded, BackfillResult::loads)
        .containsExactly(tuple(3L, 3L));
  }

  @Test
  void givesATableUpWhenItsPatienceEndsAndLoadsTheOthers() throws InterruptedException {
    land(4);
    patience = Duration.ofNanos(-1);
    warehouse.failNextCopy(FailureKind.TRANSIENT, "S3 is down");

    List<BackfillResult> results = run(backfill(TABLE, OTHER));

    assertThat(results)
        .extracting(BackfillResult::state)
        .containsExactlyInAnyOrder(State.DONE, State.FAILED);
    assertThat(results)
        .filteredOn(BackfillResult::isUnfinished)
        .extracting(BackfillResult::left)
        .containsExactly(4L);
    assertThat(said).anyMatch(words -> words.endsWith("S3 is down; given up after 1 tries"));
  }

  @Test
  void endsATableThatSomebodyMustRepairWithTheRemedy() throws InterruptedException {
    land(4);
    warehouse.drop(TABLE);

    assertThat(run(backfill(TABLE, OTHER)))
        .extracting(BackfillResult::state, BackfillResult::left)
        .containsExactly(tuple(State.FAILED, 4L), tuple(State.DONE, 0L));
    assertThat(said).anyMatch(words -> words.contains("What to do: create the table"));
  }

  @Test
  void setsBadFilesAside() throws InterruptedException {
    landed.land(TABLE, "1,one");
    landed.land(TABLE, "two");
    landed.land(TABLE, "3,three");

    assertThat(run(backfill(TABLE)))
        .extracting(BackfillResult::state, BackfillResult::loaded, BackfillResult::quarantined)
        .containsExactly(tuple(State.DONE, 3L, 1L));
    assertThat(warehouse.rows(TABLE)).containsExactly("1,one", "3,three");
  }

  @Test
  void loadsTheRestWhenTheLogCannotBeReadToItsEnd() throws InterruptedException {
    land(4);
    bucket.put(folder.key(BatchFolder.manifest(2)), new byte[] {1});
    Backfill backfill = backfill(TABLE);

    assertThat(run(backfill)).extracting(BackfillResult::loaded).containsExactly(3L);
    assertThat(backfill.hasUnreadable()).isTrue();
    assertThat(said)
        .anyMatch(words -> words.startsWith("manifest 2 of s3://bucket/x cannot be read"));
  }

  @Test
  void aStopLetsTheLoadInHandFinishAndTellsWhatIsLeft() throws Exception {
    land(9);
    warehouse.holdCopies();
    Backfill backfill = backfill(TABLE);
    CompletableFuture<List<BackfillResult>> running = running(backfill);
    warehouse.awaitACopy();

    backfill.stop();
    warehouse.letCopiesGo();

    assertThat(running)
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(
            results -> {
              assertThat(results).extracting(BackfillResult::state).containsExactly(State.STOPPED);
              assertThat(results).extracting(BackfillResult::loaded).containsExactly(3L);
            });
    assertThat(run(backfill(TABLE)))
        .extracting(BackfillResult::loaded, BackfillResult::known)
        .containsExactly(tuple(6L, 3L));
  }

  @Test
  void abandonBreaksTheLoadInHandOff() throws Exception {
    land(9);
    warehouse.holdCopies();
    Backfill backfill = backfill(TABLE);
    CompletableFuture<List<BackfillResult>> running = running(backfill);
    warehouse.awaitACopy();

    backfill.stop();
    backfill.abandon();

    assertThat(running)
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(
            results ->
                assertThat(results)
                    .extracting(BackfillResult::state, BackfillResult::loaded)
                    .containsExactly(tuple(State.STOPPED, 0L)));
    assertThat(warehouse.rows(TABLE)).isEmpty();
  }

  @Test
  void refusesToMixTwoTablesUnderOneName() {
    land(2);
    Backfill backfill =
        new Backfill(
            folders,
            warehouse.history(),
            List.of(target(TABLE, OTHER)),
            new Backfill.Options(2, patience),
            listener(),
            Clock.systemUTC(),
            new Random(1));

    assertThatThrownBy(() -> run(backfill))
        .hasMessage(
            "manifest 1 of s3://bucket/x has a batch of public.others itself: load into a table that no writer knows");
  }

  @Test
  void reloadsLoadsTogetherAndTriesTheQuarantineAgain() throws InterruptedException {
    warehouse.addLoadColumn(TABLE);
    landed.land(TABLE, "1,one");
    ManifestMessage bad = landed.land(TABLE, "two");
    landed.land(TABLE, "3,three");
    run(backfill(TABLE));
    landed.land(TABLE, "4,four");
    run(backfill(TABLE));
    List<String> before = loadIds();

    Backfill still = backfill(TABLE);
    still.reload(ranges(), Instant.MAX, MissingRows.REFUSED);
    assertThat(run(still))
        .extracting(BackfillResult::loaded, BackfillResult::known, BackfillResult::quarantined)
        .containsExactly(tuple(4L, 0L, 1L));
    assertThat(loadIds()).doesNotContainAnyElementsOf(before);
    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,one", "3,three", "4,four");

    bucket.put(landed.fileKey(bad), Zstd.compress("2,two\n".getBytes(StandardCharsets.UTF_8)));
    Backfill repaired = backfill(TABLE);
    repaired.reload(ranges(), Instant.MAX, MissingRows.REFUSED);
    assertThat(run(repaired)).extracting(BackfillResult::quarantined).containsExactly(0L);
    assertThat(warehouse.rows(TABLE))
        .containsExactlyInAnyOrder("1,one", "2,two", "3,three", "4,four");
  }

  @Test
  void aReloadNeverPutsRowsIntoQuarantineThatAreInTheTable() throws InterruptedException {
    warehouse.addLoadColumn(TABLE);
    ManifestMessage first = landed.land(TABLE, "1,one");
    landed.land(TABLE, "2,two");
    run(backfill(TABLE));
    List<String> before = loadIds();
    bucket.put(landed.fileKey(first), Zstd.compress("broken\n".getBytes(StandardCharsets.UTF_8)));

    Backfill backfill = backfill(TABLE);
    backfill.reload(ranges(), Instant.MAX, MissingRows.REFUSED);

    assertThat(run(backfill))
        .extracting(BackfillResult::state, BackfillResult::refused, BackfillResult::loaded)
        .containsExactly(tuple(State.REFUSED, 2L, 0L));
    assertThat(said).anyMatch(words -> words.contains("; what is in the table stays"));
    assertThat(loadIds()).isEqualTo(before);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,one", "2,two");
  }

  @Test
  void goesOnWithAReloadThatWasBrokenOff() throws InterruptedException {
    warehouse.addLoadColumn(TABLE);
    land(6);
    run(backfill(TABLE));
    Instant begun = Clock.systemUTC().instant().plusMillis(1);
    while (!Clock.systemUTC().instant().isAfter(begun)) {
      Thread.onSpinWait();
    }
    Backfill first = backfill(TABLE);
    first.reload(
        List.of(new BackfillRange(folder, new LogRange(1, 3))), begun, MissingRows.REFUSED);
    List<String> after = loadIds();

    Backfill second = backfill(TABLE);
    second.reload(ranges(), begun, MissingRows.REFUSED);

    assertThat(run(second)).extracting(BackfillResult::loaded).containsExactly(3L);
    assertThat(loadIds()).containsAnyElementsOf(after).hasSize(2);
    assertThat(warehouse.rows(TABLE)).hasSize(6);
  }

  private List<String> loadIds() {
    return warehouse.ledgerRows().stream().map(LedgerRow::loadId).distinct().sorted().toList();
  }

  private CompletableFuture<List<BackfillResult>> running(Backfill backfill) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run(backfill);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void land(int intervals) {
    for (int id = 1; id <= intervals; id++) {
      landed.landForAll(List.of(TABLE, OTHER), id + ",x");
    }
  }

  private List<BackfillRange> ranges() {
    return List.of(BackfillRange.of(folders, folder, LogRange.ALL));
  }

  private List<BackfillResult> run(Backfill backfill) throws InterruptedException {
    return backfill.run(ranges());
  }

  private Backfill backfill(TableName... tables) {
    return new Backfill(
        folders,
        warehouse.history(),
        List.of(tables).stream().map(table -> target(table, table)).toList(),
        new Backfill.Options(2, patience),
        listener(),
        Clock.systemUTC(),
        new Random(1));
  }

  private BackfillTarget target(TableName source, TableName table) {
    Clock clock = Clock.systemUTC();
    return new BackfillTarget(
        source,
        table,
        BY_THREE,
        List.of(),
        new Loader(warehouse, folders, new LoadIds(clock, new Random()), "test:1", clock, 10));
  }

  private BackfillListener listener() {
    return new BackfillListener() {
      @Override
      public void progressed(Progress now) {
        progress.add(now);
      }

      @Override
      public void said(String words) {
        said.add(words);
      }
    };
  }
}
