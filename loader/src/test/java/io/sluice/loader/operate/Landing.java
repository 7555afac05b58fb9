package io.sluice.loader.operate;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuietListener;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A folder and a warehouse in memory, with a loader that loads what it is told. */
public final class Landing {
  public static final TableName TABLE = TableName.parse("things");
  public static final TableName OTHER = TableName.parse("others");

  public final TestClock clock = new TestClock();
  public final InMemoryObjectStore bucket = new InMemoryObjectStore();
  public final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE, OTHER);
  public final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  public final LandedFolder landed = new LandedFolder(bucket, folder);
  private final Random random = new Random(1);

  public BatchFolders folders() {
    return new BatchFolders(List.of(folder), name -> bucket);
  }

  /** Loads these batches of one table by one COPY. */
  public void load(ManifestMessage... messages) {
    List<BatchId> batches = Stream.of(messages).map(LandedFolder::id).toList();
    new Loader(warehouse, folders(), new LoadIds(clock, random), "test:1", clock, 10)
        .load(batches.get(0).table(), batches, new QuietListener());
  }
}
