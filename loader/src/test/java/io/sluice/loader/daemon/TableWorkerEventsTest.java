package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.health.LoaderEvents;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.LoadTimes;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What those who watch a table hear of it. */
class TableWorkerEventsTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final LandedFolder landed = new LandedFolder(bucket, FOLDER);
  private final BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
  private final Backlog backlog = new Backlog(100);
  private final Recorder recorder = new Recorder();
  private final TableWorker worker = worker();

  @Test
  void tellsOfALoadWithTheWayOfItsBatches() throws InterruptedException {
    land("1,a");

    worker.pass();

    assertThat(recorder.told).containsExactly("loading", "loaded 1", "recovered");
    LoadTimes.BatchTimes batch = recorder.times.batches().get(0);
    assertThat(batch.arrivalMin()).isBefore(batch.batchTime());
    assertThat(batch.batchTime()).isBeforeOrEqualTo(batch.createdAt());
    assertThat(recorder.times.begun()).isEqualTo(clock.instant());
    assertThat(recorder.times.copiedAt()).isEqualTo(clock.instant());
  }

  @Test
  void tellsOfNoTimesWhenTheLedgerHadAll() throws InterruptedException {
    PendingBatch batch = land("1,a");
    worker.pass();
    recorder.told.clear();

    Backlog another = new Backlog(100);
    another.offer(batch);
    worker(another).pass();

    assertThat(recorder.told).containsExactly("loading", "loaded 0", "recovered");
    assertThat(recorder.times.batches()).isEmpty();
  }

  @Test
  void tellsOfAFailureThatPasses() throws InterruptedException {
    land("1,a");
    warehouse.failNextCopy(FailureKind.TRANSIENT, "1023");

    worker.pass();

    assertThat(recorder.told).containsExactly("loading", "failed TRANSIENT");
  }

  @Test
  void tellsOfAPauseAndItsEnd() throws InterruptedException {
    land("1,a");
    warehouse.drop(TABLE);
    worker.pass();
    assertThat(recorder.told)
        .containsExactly("loading", "failed MISCONFIGURED", "paused MISCONFIGURED");

    warehouse.create(TABLE);
    clock.advance(Duration.ofMinutes(1));
    worker.pass();
    assertThat(recorder.told).endsWith("loading", "loaded 1", "recovered");
  }

  @Test
  void tellsOfARefusedBatchAfterItRests() throws InterruptedException {
    land("1,a");
    bucket.objects().keySet().stream()
        .filter(key -> key.endsWith(".csv.zst"))
        .forEach(bucket::delete);

    worker.pass();

    assertThat(recorder.told).containsExactly("loading", "refused, 1 rest", "recovered");
  }

  @Test
  void tellsOfAFileInQuarantine() throws InterruptedException {
    land("bad");

    worker.pass();

    assertThat(recorder.told)
        .containsExactly("loading", "quarantined: fields", "loaded 1", "recovered");
  }

  @Test
  void tellsOfALoginThatIsRefused() throws InterruptedException {
    land("1,a");
    warehouse.refuseNextLogin(clock.instant().plusSeconds(30));

    worker.pass();

    assertThat(recorder.told)
        .containsExactly("loading", "failed MISCONFIGURED", "paused MISCONFIGURED");
  }

  @Test
  void tellsOfAFaultOfItsOwn() throws InterruptedException {
    land("1,a");
    TableWorker broken =
        new TableWorker(
            TABLE,
            new LoadPolicy(Duration.ZERO, Duration.ZERO, 1 << 20, 100, 8),
            backlog,
            new Loader(null, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10),
            settlement(),
            new Turns(1),
            clock,
            new Random(1),
            TableBrake.without(TABLE, clock),
            recorder);

    broken.pass();

    assertThat(recorder.told).containsExactly("loading", "faulted NullPointerException");
  }

  private PendingBatch land(String line) {
    Instant now = clock.instant();
    PendingBatch batch = PendingBatch.of(landed.land(TABLE, line), now);
    backlog.offer(batch);
    return batch;
  }

  private TableWorker worker() {
    return worker(backlog);
  }

  private TableWorker worker(Backlog from) {
    return new TableWorker(
        TABLE,
        new LoadPolicy(Duration.ZERO, Duration.ZERO, 1 << 20, 100, 8),
        from,
        new Loader(warehouse, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10),
        settlement(),
        new Turns(1),
        clock,
        new Random(1),
        TableBrake.without(TABLE, clock),
        recorder);
  }

  private Settlement settlement() {
    InMemoryInbox inbox = new InMemoryInbox(clock, Duration.ofMinutes(2), true);
    return new Settlement(inbox, new VisibilityKeeper(inbox, clock), Runnable::run);
  }

  private final class Recorder implements LoaderEvents {
    private final List<String> told = new ArrayList<>();
    private LoadTimes times;

    @Override
    public void loading(String thread, TableName table) {
      told.add("loading");
    }

    @Override
    public void loaded(LoadOutcome outcome) {
      told.add("loaded " + outcome.loaded().size());
      times = outcome.times();
    }

    @Override
    public void recovered(TableName table) {
      told.add("recovered");
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      told.add("refused, " + backlog.totals().refused() + " rest");
    }

    @Override
    public void quarantined(TableName table, QuarantinedFile file) {
      told.add("quarantined: " + file.error().sentence().replaceAll(".*: (.*) \\(.*", "$1"));
    }

    @Override
    public void failed(TableName table, LoadException reason) {
      told.add("failed " + reason.kind());
    }

    @Override
    public void faulted(TableName table, RuntimeException fault) {
      told.add("faulted " + fault.getClass().getSimpleName());
    }

    @Override
    public void paused(TableName table, LoadException reason) {
      told.add("paused " + reason.kind());
    }
  }
}
