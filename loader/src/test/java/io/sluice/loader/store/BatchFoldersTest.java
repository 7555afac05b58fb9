package io.sluice.loader.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.BatchId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchFoldersTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final int THREADS = 3;

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final LandedFolder landed = new LandedFolder(bucket, BatchFolder.parse("s3://bucket/x"));
  private final ExecutorService readers = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    readers.shutdownNow();
  }

  @Test
  void readsAheadSideBySideWhatItThenNeedNotAskFor() {
    List<BatchId> ids = land(THREADS);
    CyclicBarrier all = new CyclicBarrier(THREADS);
    BatchFolders folders =
        new BatchFolders(
            List.of(landed.folder()),
            name -> bucket,
            read -> readers.execute(() -> afterAllHaveCome(all, read)));

    folders.readAhead(ids);

    int gets = bucket.gets();
    ids.forEach(id -> assertThat(folders.batch(id).id()).isEqualTo(id));
    assertThat(gets).isEqualTo(THREADS);
    assertThat(bucket.gets()).isEqualTo(gets);
  }

  @Test
  void readsNothingTwiceAndASingleOneWithoutAnotherThread() {
    List<BatchId> ids = land(2);
    Queue<Runnable> asked = new ArrayDeque<>();
    BatchFolders folders =
        new BatchFolders(
            List.of(landed.folder()),
            name -> bucket,
            read -> {
              asked.add(read);
              read.run();
            });

    folders.readAhead(ids.subList(0, 1));
    folders.readAhead(ids);
    folders.readAhead(ids);

    assertThat(asked).hasSize(2);
    assertThat(bucket.gets()).isEqualTo(2);
  }

  @Test
  void leavesItToTheReadItselfToSayWhatCannotBeHad() {
    List<BatchId> ids = land(3);
    BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> bucket);
    bucket.failNext(ObjectStoreException.Kind.MISCONFIGURED);

    folders.readAhead(ids);

    assertThat(bucket.gets()).isZero();
    bucket.failNext(ObjectStoreException.Kind.MISCONFIGURED);
    assertThatThrownBy(() -> folders.batch(ids.get(0))).isInstanceOf(ObjectStoreException.class);
    assertThat(folders.batch(ids.get(1)).id()).isEqualTo(ids.get(1));
  }

  @Test
  void waitsForWhatIsJustBeingReadInsteadOfAskingAgain() throws Exception {
    BatchId id = land(1).get(0);
    BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> bucket, readers);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    bucket.beforeGet(
        () -> {
          asked.countDown();
          await(answer);
        });

    folders.prefetch(List.of(id));
    await(asked);
    FutureTask<SourceBatch> read = new FutureTask<>(() -> folders.batch(id));
    Thread reader = new Thread(read);
    reader.start();
    Awaitility.await().until(() -> reader.getState() == Thread.State.WAITING);
    answer.countDown();

    assertThat(read.get(10, TimeUnit.SECONDS).id()).isEqualTo(id);
    assertThat(bucket.gets()).isEqualTo(1);
  }

  @Test
  void asksAgainForAManifestThatWasNotThereBefore() {
    BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> bucket, readers);
    assertThat(folders.manifest(landed.folder(), 1)).isEmpty();

    BatchId id = land(1).get(0);

    assertThat(folders.batch(id).id()).isEqualTo(id);
  }

  @Test
  void aBucketThatDoesNotAnswerKeepsNoOtherWaiting() {
    List<BatchId> ids = land(THREADS);
    BatchFolder stuck = BatchFolder.parse("s3://stuck/x");
    List<BatchId> never = ids.stream().map(id -> new BatchId(stuck, id.manifest(), TABLE)).toList();
    CountDownLatch answer = new CountDownLatch(1);
    ExecutorService ofStuck = Executors.newFixedThreadPool(1);
    BatchFolders folders =
        BatchFolders.apart(
            List.of(stuck, landed.folder()),
            name -> bucket,
            name -> name.equals("stuck") ? task -> ofStuck.execute(() -> await(answer)) : readers);
    folders.prefetch(never);

    folders.readAhead(ids);

    assertThat(bucket.gets()).isEqualTo(THREADS);
    answer.countDown();
    ofStuck.shutdownNow();
  }

  private List<BatchId> land(int batches) {
    return IntStream.range(0, batches)
        .mapToObj(i -> LandedFolder.id(landed.land(TABLE, i + ",a")))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** None of them would end if they were read one after another. */
  private static void afterAllHaveCome(CyclicBarrier all, Runnable read) {
    try {
      all.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    read.run();
  }
}
