package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.LoadTimes;
import io.sluice.loader.load.LoadTimes.BatchTimes;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuarantinedFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LoadError;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What loads end with, for tests of those that hear of it. */
final class Loads {
  static final TableName TABLE = TableName.parse("public.things");
  static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");

  private Loads() {}

  static BatchId id(long manifest) {
    return new BatchId(FOLDER, manifest, TABLE);
  }

  /** A batch of 5 rows and 70 bytes that waits. */
  static PendingBatch waiting(long manifest, Instant arrival, Instant batchTime) {
    return new PendingBatch(id(manifest), 5, 70, 2, batchTime, arrival, batchTime);
  }

  /**
   * A load of one batch of 2 files, 30 rows and 400 bytes that was committed at this time: 1 s in
   * the stream, 2 s landing, 4 s of the queue, 8 s of COPY, 5 of them its own, 16 s of commit.
   */
  static LoadOutcome outcome(Instant committed) {
    return outcome(committed, Duration.ofSeconds(31));
  }

  /** The same with this freshness, by a longer or shorter stay in the queue. */
  static LoadOutcome outcome(Instant committed, Duration freshness) {
    Instant copied = committed.minusSeconds(16);
    Instant begun = copied.minusSeconds(8);
    Instant arrival = committed.minus(freshness);
    Instant batchTime = arrival.plusSeconds(1);
    BatchTimes batch = new BatchTimes(arrival, batchTime, batchTime.plusSeconds(2));
    LoadTimes times = new LoadTimes(begun, Duration.ofSeconds(5), copied, List.of(batch));
    return new LoadOutcome(
        "load",
        TABLE,
        List.of(id(1)),
        List.of(),
        List.of(),
        2,
        30,
        400,
        Duration.between(begun, committed),
        arrival,
        committed,
        times);
  }

  /** A file of seven rows that is set aside as a whole. */
  static QuarantinedFile badFile(String name) {
    return new QuarantinedFile(id(1), file(name), Extent.FILE, List.of(error(name)));
  }

  /** The same file of which so many rows are left out. */
  static QuarantinedFile badRows(String name, int rows) {
    return new QuarantinedFile(
        id(1), file(name), Extent.ROWS, Collections.nCopies(rows, error(name)));
  }

  private static DataFile file(String name) {
    return new DataFile(name, 7, 70, 140, "");
  }

  private static LoadError error(String name) {
    return new LoadError("s3://bucket/" + name, 1, "id", "x", "1207", "Invalid digit");
  }

  /** What a load throws when its COPY fails in this way. */
  static LoadException failure(FailureKind kind, String message) {
    return failure(warehouse -> warehouse.failNextCopy(kind, message));
  }

  /** What a load ends with while nobody is let in, until that time. */
  static LoadException refusedLogin(Instant nextProbe) {
    return failure(warehouse -> warehouse.refuseNextLogin(nextProbe));
  }

  private static LoadException failure(Consumer<InMemoryWarehouse> fault) {
    TestClock clock = new TestClock();
    InMemoryObjectStore bucket = new InMemoryObjectStore();
    InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
    LandedFolder landed = new LandedFolder(bucket, FOLDER);
    BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
    Loader loader =
        new Loader(warehouse, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10);
    BatchId batch = LandedFolder.id(landed.land(TABLE, "1,a"));
    fault.accept(warehouse);
    return catchThrowableOfType(
        LoadException.class, () -> loader.load(TABLE, List.of(batch), new Silent()));
  }

  private static final class Silent implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {}

    @Override
    public boolean mayStillCome(BatchId batch) {
      return false;
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {}
  }
}
