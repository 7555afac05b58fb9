package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoaderDaemonTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName THINGS = TableName.parse("things");
  private static final TableName OTHERS = TableName.parse("others");
  private static final Duration LONG = Duration.ofMinutes(10);

  private final InstantSource clock = InstantSource.system();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse =
      new InMemoryWarehouse(bucket, "bucket", THINGS, OTHERS);
  private final LandedFolder landed = new LandedFolder(bucket, FOLDER);
  private final InMemoryInbox inbox = new InMemoryInbox(clock, Duration.ofMinutes(2), true);
  private final BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Map<TableName, Backlog> backlogs = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Turns turns = new Turns(2);
  private LoaderDaemon daemon;

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void loadsWhatIsAnnounced() {
    daemon = start(LONG, LONG);

    inbox.send(landed.land(THINGS, "1,a"));
    inbox.send(landed.land(OTHERS, "2,b"));

    await().until(() -> inbox.size() == 0);
    assertThat(warehouse.rows(THINGS)).containsExactly("1,a");
    assertThat(warehouse.rows(OTHERS)).containsExactly("2,b");
  }

  @Test
  void loadsWhatWasNeverAnnounced() {
    daemon = start(LONG, Duration.ofMillis(20));

    landed.land(THINGS, "1,a");

    await().untilAsserted(() -> assertThat(warehouse.rows(THINGS)).containsExactly("1,a"));
  }

  @Test
  void loadsOneTableWhileAnotherIsPaused() {
    warehouse.drop(OTHERS);
    daemon = start(LONG, LONG);

    inbox.send(landed.land(OTHERS, "1,a"));
    inbox.send(landed.land(THINGS, "2,b"));

    await().untilAsserted(() -> assertThat(warehouse.rows(THINGS)).containsExactly("2,b"));
    assertThat(inbox.size()).isEqualTo(1);
  }

  @Test
  void goesOnReceivingAfterTheQueueFailed() {
    inbox.send("nonsense");
    inbox.send(landed.land(THINGS, "1,a"));
    daemon = start(LONG, LONG);

    await().untilAsserted(() -> assertThat(warehouse.rows(THINGS)).containsExactly("1,a"));
    assertThat(inbox.deadLetters()).containsKey("nonsense");
  }

  @Test
  void receivesNoMoreThanItHasRoomForAndGoesOnOnceThereIsRoom() {
    warehouse.drop(THINGS);
    warehouse.drop(OTHERS);
    daemon = start(LONG, LONG);
    for (int i = 0; i < 300; i++) {
      inbox.send(landed.land(i % 2 == 0 ? THINGS : OTHERS, i + ",a"));
    }
    await().until(() -> inbox.depth().inFlight() >= 160);

    // It looks again every two seconds; a receiver that spins would receive all at once.
    await().during(Duration.ofSeconds(1)).until(() -> inbox.visible() >= 120);
    assertThat(inbox.mostReceives()).isEqualTo(1);
  }

  @Test
  void finishesTheLoadInHandWhenItStops() throws InterruptedException {
    warehouse.holdCopies();
    daemon = start(LONG, LONG);
    inbox.send(landed.land(THINGS, "1,a"));
    warehouse.awaitACopy();

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(daemon::close);
    assertThat(stopped).isNotDone();
    warehouse.letCopiesGo();

    assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
    assertThat(warehouse.rows(THINGS)).containsExactly("1,a");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void breaksOffTheLoadInHandAfterTheGraceAndGivesItsMessagesBack() throws InterruptedException {
    warehouse.holdCopies();
    daemon = start(Duration.ofMillis(50), LONG);
    inbox.send(landed.land(THINGS, "1,a"));
    warehouse.awaitACopy();

    daemon.close();

    assertThat(warehouse.rows(THINGS)).isEmpty();
    assertThat(inbox.visible()).isEqualTo(1);
    daemon.await();
  }

  @Test
  void givesBackWhatItHoldsWhenItStops() {
    warehouse.drop(THINGS);
    daemon = start(LONG, LONG);
    inbox.send(landed.land(THINGS, "1,a"));
    await().until(() -> !warehouse.copies().isEmpty());
    assertThat(inbox.visible()).isZero();

    daemon.close();

    assertThat(inbox.visible()).isEqualTo(1);
  }

  @Test
  void letsAReplacedWorkerFinishItsLoadAndItsSuccessorGoOnWithWhatIsHeld()
      throws InterruptedException {
    warehouse.holdCopies();
    daemon = start(LONG, LONG);
    inbox.send(landed.land(THINGS, "1,a"));
    warehouse.awaitACopy();
    inbox.send(landed.land(THINGS, "2,b"));
    await().until(() -> backlogs.get(THINGS).size() == 2);

    daemon.change(List.of(worker(THINGS)), Map.of(), List.of());

    assertThat(warehouse.copies()).hasSize(1);
    warehouse.letCopiesGo();
    await().until(() -> inbox.size() == 0);
    assertThat(warehouse.rows(THINGS)).containsExactly("1,a", "2,b");
    assertThat(warehouse.copies()).hasSize(2);
  }

  @Test
  void givesBackWhatATableHeldThatIsLoadedNoLonger() {
    warehouse.drop(OTHERS);
    daemon = start(LONG, LONG);
    inbox.send(landed.land(OTHERS, "1,a"));
    await().until(() -> warehouse.copies().size() == 1);
    assertThat(inbox.visible()).isZero();

    Backlog gone = backlogs.remove(OTHERS);
    daemon.change(
        List.of(),
        Map.of(OTHERS, () -> new Settlement(inbox, keeper, Runnable::run).giveBack(gone)),
        List.of());

    // As after a start without that table: what is announced for it cannot be used.
    await().until(() -> inbox.deadLetters().size() == 1);
    assertThat(inbox.size()).isZero();
    assertThat(gone.size()).isZero();
    assertThat(gone.close()).isEmpty();
    inbox.send(landed.land(THINGS, "2,b"));
    await().untilAsserted(() -> assertThat(warehouse.rows(THINGS)).containsExactly("2,b"));
  }

  private LoaderDaemon start(Duration grace, Duration catchUpEvery) {
    List<TableWorker> workers = new ArrayList<>();
    for (TableName table : List.of(THINGS, OTHERS)) {
      backlogs.put(table, new Backlog(100));
      workers.add(worker(table));
    }
    LoaderDaemon started =
        new LoaderDaemon(
            new Receiver(inbox, keeper, folders.all(), backlogs, held -> {}, clock),
            workers,
            keeper,
            new Settlement(inbox, keeper, Runnable::run),
            Duration.ofMillis(100),
            List.of(new CatchUp(FOLDER, folders, warehouse.ledger(), backlogs, clock, 1000)),
            catchUpEvery,
            grace,
            clock,
            LoaderEvents.NONE);
    started.start();
    return started;
  }

  private TableWorker worker(TableName table) {
    return new TableWorker(
        table,
        new LoadPolicy(Duration.ZERO, Duration.ZERO, 1 << 20, 100, 8),
        backlogs.get(table),
        new Loader(warehouse, folders, new LoadIds(clock, random), "test:1", clock, 10),
        new Settlement(inbox, keeper, Runnable::run),
        turns,
        clock,
        random,
        TableBrake.without(table, clock),
        LoaderEvents.NONE);
  }
}
