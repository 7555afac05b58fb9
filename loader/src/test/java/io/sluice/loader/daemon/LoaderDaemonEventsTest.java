package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.Inbox;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What those who watch the daemon's threads hear of them. */
class LoaderDaemonEventsTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName TABLE = TableName.parse("things");

  private final InstantSource clock = InstantSource.system();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final InMemoryInbox inbox = new InMemoryInbox(clock, Duration.ofMinutes(2), true);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void hearsOfEveryThreadAndOfTheLoadThatAWorkerBegins() {
    inbox.send(new LandedFolder(bucket, FOLDER).land(TABLE, "1,a"));
    try (LoaderDaemon daemon = daemon(inbox)) {
      daemon.start();
      await().until(() -> inbox.size() == 0);
      await().until(() -> told.contains("load-public.things is alive"));

      assertThat(told).contains("receive is alive", "visibility is alive");
      assertThat(told.indexOf("load-public.things is busy"))
          .isNotNegative()
          .isLessThan(told.indexOf("load-public.things loads"));
    }
    await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .contains("receive ended", "visibility ended", "load-public.things ended")
                    .noneMatch(line -> line.contains("died")));
  }

  @Test
  void hearsOfAThreadThatDies() {
    inbox.breakReceive();
    try (LoaderDaemon daemon = daemon(inbox)) {
      daemon.start();

      assertThatThrownBy(daemon::await).hasMessageContaining("thread receive died");
      assertThat(told).contains("receive died");
    }
  }

  private LoaderDaemon daemon(Inbox received) {
    BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
    VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
    Map<TableName, Backlog> backlogs = Map.of(TABLE, new Backlog(100));
    Recorder recorder = new Recorder();
    SecureRandom random = new SecureRandom();
    TableWorker worker =
        new TableWorker(
            TABLE,
            new LoadPolicy(Duration.ZERO, Duration.ZERO, 1 << 20, 100, 8),
            backlogs.get(TABLE),
            new Loader(warehouse, folders, new LoadIds(clock, random), "test:1", clock, 10),
            new Settlement(inbox, keeper, Runnable::run),
            new Turns(1),
            clock,
            random,
            TableBrake.without(TABLE, clock),
            recorder);
    return new LoaderDaemon(
        new Receiver(received, keeper, folders.all(), backlogs, held -> {}, clock),
        List.of(worker),
        keeper,
        new Settlement(inbox, keeper, Runnable::run),
        Duration.ofMillis(100),
        List.of(),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        clock,
        recorder);
  }

  private final class Recorder implements LoaderEvents {
    @Override
    public void threadAlive(String thread, Duration within) {
      told.add(thread + " is alive");
    }

    @Override
    public void threadBusy(String thread) {
      told.add(thread + " is busy");
    }

    @Override
    public void threadEnded(String thread) {
      told.add(thread + " ended");
    }

    @Override
    public void threadDied(String thread) {
      told.add(thread + " died");
    }

    @Override
    public void loading(String thread, TableName table) {
      told.add(thread + " loads");
    }
  }
}
