package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableWorkerTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final LoadPolicy POLICY =
      new LoadPolicy(Duration.ZERO, Duration.ZERO, 1 << 20, 100, 8);

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final LandedFolder landed = new LandedFolder(bucket, FOLDER);
  private final BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
  private final InMemoryInbox inbox = new InMemoryInbox(clock, Duration.ofMinutes(2), true);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Backlog backlog = new Backlog(1000);
  private final Receiver receiver =
      new Receiver(inbox, keeper, folders.all(), Map.of(TABLE, backlog), held -> {}, clock);
  private final Turns turns = new Turns(1);
  private final TableWorker worker = worker(POLICY);

  @Test
  void deletesMessagesOnlyAfterTheCommit() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    assertThat(inbox.size()).isEqualTo(1);

    worker.pass();

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
    assertThat(keeper.held()).isEmpty();
    assertThat(worker.pass()).isEqualTo(Instant.MAX);
  }

  @Test
  void keepsMessagesThroughATransientFailureAndTriesAgainLater() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    warehouse.failNextCopy(FailureKind.TRANSIENT, "1023");

    Instant next = worker.pass();

    assertThat(next).isBeforeOrEqualTo(clock.instant().plusSeconds(1));
    assertThat(inbox.size()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void asksTheLedgerAfterACommitOfUnknownFateAndDeletesTheMessages() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    warehouse.loseNextCommitAfterItHappened();
    worker.pass();
    assertThat(inbox.size()).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));
    worker.pass();

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(warehouse.copies()).hasSize(1);
    assertThat(inbox.size()).isZero();
  }

  @Test
  void deletesAMessageThatSurvivedACrashAfterTheCommit() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    inbox.failNextDelete();
    worker.pass();
    assertThat(inbox.size()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(2));
    Backlog fresh = new Backlog(1000);
    new Receiver(inbox, keeper, folders.all(), Map.of(TABLE, fresh), held -> {}, clock)
        .receive(Duration.ZERO);
    worker(POLICY, fresh).pass();

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void pausesAMisconfiguredTableAndRecoversOnceItIsRepaired() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    warehouse.drop(TABLE);

    Duration first = Duration.between(clock.instant(), worker.pass());
    clock.advance(first);
    Duration second = Duration.between(clock.instant(), worker.pass());

    assertThat(first).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    assertThat(second).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(inbox.size()).isEqualTo(1);

    warehouse.create(TABLE);
    clock.advance(second);
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void goesOnWithOtherBatchesWhenAFileIsMissingAndTriesThatOneAgainLater()
      throws InterruptedException {
    ManifestMessage late = landed.land(TABLE, "1,a");
    byte[] file = bucket.get(landed.fileKey(late)).orElseThrow();
    bucket.delete(landed.fileKey(late));
    inbox.send(late);
    inbox.send(landed.land(TABLE, "2,b"));
    receiver.receive(Duration.ZERO);

    worker.pass();

    assertThat(warehouse.rows(TABLE)).containsExactly("2,b");
    assertThat(inbox.size()).isEqualTo(1);
    Instant retry = worker.pass();
    assertThat(retry).isBetween(clock.instant().plusSeconds(30), clock.instant().plusSeconds(60));

    inbox.send(landed.land(TABLE, "3,c"));
    receiver.receive(Duration.ZERO);
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("2,b", "3,c");

    bucket.put(landed.fileKey(late), file);
    clock.advance(Duration.ofMinutes(1));
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("2,b", "3,c", "1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void setsAMissingFileAsideAfterAFewMinutes() throws InterruptedException {
    ManifestMessage lost = landed.land(TABLE, "1,a");
    bucket.delete(landed.fileKey(lost));
    inbox.send(lost);
    receiver.receive(Duration.ZERO);

    Instant begun = clock.instant();
    for (int i = 0; i < 8 && inbox.size() > 0; i++) {
      worker.pass();
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(inbox.size()).isZero();
    assertThat(Duration.between(begun, clock.instant())).isGreaterThan(Duration.ofMinutes(3));
    assertThat(warehouse.ledgerRows()).hasSize(2);
    assertThat(warehouse.ledgerRows().get(1).quarantined()).isPresent();
  }

  @Test
  void setsABadFileAsideAndDeletesTheMessage() throws InterruptedException {
    inbox.send(landed.land(TABLE, "bad"));
    inbox.send(landed.land(TABLE, "2,b"));
    receiver.receive(Duration.ZERO);

    worker.pass();

    assertThat(warehouse.rows(TABLE)).containsExactly("2,b");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void halvesALoadThatTimedOutAndGrowsAgain() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      inbox.send(landed.land(TABLE, i + ",x"));
    }
    receiver.receive(Duration.ZERO);
    warehouse.timeOutNextCopy();
    worker.pass();

    clock.advance(Duration.ofSeconds(1));
    worker.pass();
    assertThat(warehouse.rows(TABLE)).hasSize(4);
    worker.pass();

    assertThat(warehouse.rows(TABLE)).hasSize(8);
    assertThat(inbox.size()).isZero();
  }

  @Test
  void doesNotShrinkLoadsWhenItOnlyWaitedForTheLockInVain() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      inbox.send(landed.land(TABLE, i + ",x"));
    }
    receiver.receive(Duration.ZERO);
    warehouse.failNextBegin(FailureKind.TRANSIENT, "cannot lock in time: 57014");
    worker.pass();

    clock.advance(Duration.ofSeconds(1));
    worker.pass();

    assertThat(warehouse.copies()).hasSize(1);
    assertThat(warehouse.rows(TABLE)).hasSize(8);
  }

  @Test
  void loadsWhatHasComeWhileItWaitedForItsTurn() throws Exception {
    TableName other = TableName.parse("others");
    assertThat(turns.await(other, clock.instant(), () -> true)).isTrue();
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    Thread loading = new Thread(() -> passQuietly(worker));
    loading.start();
    await().until(() -> loading.getState() == Thread.State.WAITING);

    inbox.send(landed.land(TABLE, "2,b"));
    receiver.receive(Duration.ZERO);
    turns.giveBack();
    loading.join(10_000);

    assertThat(warehouse.copies()).hasSize(1);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b");
  }

  @Test
  void beginsNoLoadAfterItWasToldToFinish() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);

    worker.finish();

    assertThat(worker.pass()).isEqualTo(Instant.MAX);
    assertThat(warehouse.copies()).isEmpty();
    assertThat(inbox.size()).isEqualTo(1);
  }

  @Test
  void leavesTheQueueForATurnWhenItIsToldToFinishAndTheOthersGoOn() throws Exception {
    TableName other = TableName.parse("others");
    assertThat(turns.await(other, clock.instant(), () -> true)).isTrue();
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    Thread loading = new Thread(() -> passQuietly(worker));
    loading.start();
    await().until(() -> loading.getState() == Thread.State.WAITING);

    worker.finish();
    loading.join(10_000);
    turns.giveBack();

    assertThat(loading.isAlive()).isFalse();
    assertThat(warehouse.copies()).isEmpty();
    assertThat(turns.await(other, clock.instant(), () -> true)).isTrue();
  }

  @Test
  void waitsTheMinimumIntervalFromTheStartOfACopy() throws InterruptedException {
    TableWorker slow =
        worker(new LoadPolicy(Duration.ZERO, Duration.ofMinutes(2), 1 << 20, 100, 8));
    Instant begun = clock.instant();
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    slow.pass();

    inbox.send(landed.land(TABLE, "2,b"));
    receiver.receive(Duration.ZERO);

    assertThat(slow.pass()).isEqualTo(begun.plus(Duration.ofMinutes(2)));
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void keepsMessagesWhileTheTableIsPausedAndLooksAgain() throws InterruptedException {
    warehouse.pauses().pause(new Pause(TABLE, "ann", clock.instant(), "a rebuild"));
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);

    assertThat(worker.pass()).isEqualTo(clock.instant().plusSeconds(30));
    clock.advance(Duration.ofSeconds(30));
    assertThat(worker.pass()).isEqualTo(clock.instant().plusSeconds(30));
    assertThat(warehouse.rows(TABLE)).isEmpty();
    assertThat(inbox.size()).isEqualTo(1);

    warehouse.pauses().resume(TABLE);
    clock.advance(Duration.ofSeconds(30));
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void beginsNoLoadInAMaintenanceWindow() throws InterruptedException {
    Instant noon = Instant.parse("2030-06-01T12:00:00Z");
    clock.advance(Duration.between(clock.instant(), noon.plusSeconds(60)));
    MaintenanceWindow all =
        new MaintenanceWindow("0 12 * * *", Duration.ofMinutes(10), ZoneOffset.UTC);
    MaintenanceWindow own =
        new MaintenanceWindow("0 12 * * *", Duration.ofMinutes(30), ZoneOffset.UTC);
    TableWorker resting =
        new TableWorker(
            TABLE,
            POLICY,
            backlog,
            new Loader(warehouse, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10),
            new Settlement(inbox, keeper, Runnable::run),
            new Turns(1),
            clock,
            new Random(1),
            new TableBrake(
                TABLE,
                List.of(
                    new WindowWatch("all tables", List.of(all)),
                    new WindowWatch("things", List.of(own))),
                Duration.ofSeconds(30),
                clock),
            LoaderEvents.NONE);
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);

    assertThat(resting.pass()).isEqualTo(noon.plus(Duration.ofMinutes(30)));
    assertThat(warehouse.rows(TABLE)).isEmpty();

    clock.advance(Duration.ofMinutes(29));
    resting.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void waitsForTheOneLoginOfAllWhenLoginsAreRefused() throws InterruptedException {
    Instant probe = clock.instant().plusSeconds(77);
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    warehouse.refuseNextLogin(probe);

    assertThat(worker.pass()).isEqualTo(probe);
    assertThat(worker.pass()).isEqualTo(probe);
    assertThat(inbox.size()).isEqualTo(1);

    clock.advance(Duration.ofSeconds(77));
    worker.pass();
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void survivesAFaultOfItsOwn() throws InterruptedException {
    inbox.send(landed.land(TABLE, "1,a"));
    receiver.receive(Duration.ZERO);
    TableWorker broken =
        new TableWorker(
            TABLE,
            POLICY,
            backlog,
            new Loader(null, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10),
            new Settlement(inbox, keeper, Runnable::run),
            turns,
            clock,
            new Random(1),
            TableBrake.without(TABLE, clock),
            LoaderEvents.NONE);

    assertThat(broken.pass()).isBeforeOrEqualTo(clock.instant().plusSeconds(1));
    assertThat(inbox.size()).isEqualTo(1);
  }

  private static void passQuietly(TableWorker worker) {
    try {
      worker.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private TableWorker worker(LoadPolicy policy) {
    return worker(policy, backlog);
  }

  private TableWorker worker(LoadPolicy policy, Backlog from) {
    return new TableWorker(
        TABLE,
        policy,
        from,
        new Loader(warehouse, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10),
        new Settlement(inbox, keeper, Runnable::run),
        turns,
        clock,
        new Random(1),
        TableBrake.without(TABLE, clock),
        LoaderEvents.NONE);
  }
}
