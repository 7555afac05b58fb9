package io.sluice.loader.operate.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.store.SourceBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlannedLoadsTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final TableName OTHER = TableName.parse("others");
  private static final LoadPolicy BY_TWO =
      new LoadPolicy(Duration.ZERO, Duration.ZERO, 1L << 30, 1000, 2);

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  private final LandedFolder landed = new LandedFolder(bucket, folder);
  private final BatchFolders folders = new BatchFolders(List.of(folder), name -> bucket);
  private final PlannedLoads loads = new PlannedLoads(Map.of(TABLE, BY_TWO, OTHER, BY_TWO));

  @Test
  void groupsBatchesUpToTheLimits() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      assertThat(loads.add(land(TABLE))).isTrue();
    }
    loads.end();

    assertThat(loads.take(TABLE).orElseThrow()).hasSize(2);
    assertThat(loads.take(TABLE).orElseThrow()).hasSize(1);
    assertThat(loads.take(TABLE)).isEmpty();
    assertThat(loads.take(OTHER)).isEmpty();
  }

  @Test
  void aBatchThatIsLargerThanALoadIsOneOfItsOwn() throws InterruptedException {
    LoadPolicy tiny = new LoadPolicy(Duration.ZERO, Duration.ZERO, 1, 1000, 100);
    PlannedLoads apart = new PlannedLoads(Map.of(TABLE, tiny));
    SourceBatch batch = land(TABLE);
    CompletableFuture<List<SourceBatch>> taken = takenFrom(apart);
    apart.add(batch);

    assertThat(taken).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of(batch));
  }

  @Test
  void letsTheReaderWaitWhileATableHasEnough() throws Exception {
    AtomicInteger added = new AtomicInteger();
    List<SourceBatch> batches = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batches.add(land(TABLE));
    }
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(() -> batches.forEach(batch -> add(batch, added)));

    await().untilAsserted(() -> assertThat(added).hasValue(3));
    assertThat(reader).isNotDone();

    int taken = loads.take(TABLE).orElseThrow().size();
    while (taken < 10) {
      taken += loads.take(TABLE).orElseThrow().size();
    }
    assertThat(reader).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aTableThatLeavesFreesTheReaderAndTakesNoMore() throws Exception {
    AtomicInteger added = new AtomicInteger();
    List<SourceBatch> batches = List.of(land(TABLE), land(TABLE), land(TABLE), land(TABLE));
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(() -> batches.forEach(batch -> add(batch, added)));
    await().until(() -> added.get() == 3);

    assertThat(loads.leave(TABLE)).isEqualTo(4);

    assertThat(reader).succeedsWithin(Duration.ofSeconds(10));
    assertThat(loads.add(land(TABLE))).isFalse();
    assertThat(loads.take(TABLE)).isEmpty();
    assertThat(loads.leave(TABLE)).isZero();
    assertThat(loads.isDeserted()).isFalse();
    loads.leave(OTHER);
    assertThat(loads.isDeserted()).isTrue();
  }

  private CompletableFuture<List<SourceBatch>> takenFrom(PlannedLoads from) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return from.take(TABLE).orElseThrow();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void add(SourceBatch batch, AtomicInteger added) {
    try {
      loads.add(batch);
      added.incrementAndGet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private SourceBatch land(TableName table) {
    return folders.batch(LandedFolder.id(landed.land(table, "1,one")));
  }
}
