package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.TestClock;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.LogBacklog;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.FlakyLedger;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final TableName THINGS = TableName.parse("things");
  private static final TableName OTHERS = TableName.parse("others");
  private static final TableName FOREIGN = TableName.parse("foreign");

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse =
      new InMemoryWarehouse(bucket, "bucket", THINGS, OTHERS);
  private final LandedFolder landed = new LandedFolder(bucket, FOLDER);
  private final BatchFolders folders = new BatchFolders(List.of(FOLDER), name -> bucket);
  private final Map<TableName, Backlog> backlogs = new LinkedHashMap<>();
  private final Loader loader =
      new Loader(warehouse, folders, new LoadIds(clock, new Random(1)), "test:1", clock, 10);
  private CatchUp catchUp = start(1000);

  @Test
  void picksUpWhatNoMessageAnnounced() {
    ManifestMessage first = landed.land(THINGS, "1,a");
    ManifestMessage lost = landed.land(THINGS, "2,b");
    load(first);

    catchUp.pass();

    assertThat(held(THINGS)).containsExactly(LandedFolder.id(lost));
  }

  @Test
  void passesOverTakeoversAndTablesThatAreNotItsOwn() {
    landed.takeOver();
    landed.land(FOREIGN, "1,a");
    ManifestMessage ours = landed.land(THINGS, "2,b");
    landed.takeOver();

    catchUp.pass();

    assertThat(held(THINGS)).containsExactly(LandedFolder.id(ours));
    load(ours);
    catchUp.pass();
    assertThat(warehouse.ledger().progress(FOLDER))
        .containsOnly(Map.entry(THINGS, 4L), Map.entry(OTHERS, 4L));
  }

  @Test
  void startsWhereEverythingIsKnownToBeLoaded() {
    for (int i = 0; i < 20; i++) {
      load(landed.land(THINGS, i + ",x"));
    }
    catchUp.pass();

    int before = bucket.gets();
    catchUp = start(1000);
    catchUp.pass();

    assertThat(bucket.gets() - before).isLessThanOrEqualTo(1);
    assertThat(held(THINGS)).isEmpty();
  }

  @Test
  void comesBackAfterARestartToABatchThatIsStillMissing() {
    load(landed.land(THINGS, "1,a"));
    ManifestMessage missing = landed.land(THINGS, "2,b");
    load(landed.land(THINGS, "3,c"));
    catchUp.pass();

    catchUp = start(1000);
    catchUp.pass();

    assertThat(held(THINGS)).containsExactly(LandedFolder.id(missing));
    assertThat(warehouse.ledger().progress(FOLDER)).containsEntry(THINGS, 1L);
  }

  @Test
  void findsEarlierBatchesOfATableThatWasAddedLater() {
    warehouse.ledger().saveProgress(FOLDER, Map.of(THINGS, 2L));
    ManifestMessage early = landed.land(OTHERS, "1,a");
    landed.land(THINGS, "2,b");

    catchUp.pass();

    assertThat(held(OTHERS)).containsExactly(LandedFolder.id(early));
    assertThat(held(THINGS)).isEmpty();
  }

  @Test
  void isHarmlessToAMessageThatArrivesLater() {
    ManifestMessage message = landed.land(THINGS, "1,a");
    catchUp.pass();

    Backlog.Offer offer = backlogs.get(THINGS).offer(PendingBatch.of(message, clock.instant()));

    assertThat(offer).isEqualTo(Backlog.Offer.DUPLICATE);
    load(message);
    load(message);
    assertThat(warehouse.rows(THINGS)).containsExactly("1,a");
  }

  @Test
  void keepsItsMemoryBoundedAndGoesOnOnceBatchesAreLoaded() {
    catchUp = start(500);
    ManifestMessage[] all = new ManifestMessage[1200];
    for (int i = 0; i < all.length; i++) {
      all[i] = landed.land(THINGS, i + ",x");
    }

    catchUp.pass();
    assertThat(held(THINGS)).hasSize(500);

    for (int i = 0; i < 500; i++) {
      load(all[i]);
    }
    catchUp.pass();
    assertThat(held(THINGS)).hasSize(1000);
  }

  @Test
  void goesOnBehindAManifestThatItCannotReadAndComesBackToIt() {
    ManifestMessage first = landed.land(THINGS, "1,a");
    ManifestMessage second = landed.land(THINGS, "2,b");
    String key = FOLDER.key(BatchFolder.manifest(1));
    byte[] manifest = bucket.get(key).orElseThrow();
    bucket.put(key, "{}".getBytes(StandardCharsets.UTF_8));

    catchUp.pass();
    assertThat(held(THINGS)).containsExactly(LandedFolder.id(second));

    load(second);
    catchUp.pass();
    assertThat(warehouse.ledger().progress(FOLDER)).isEmpty();

    bucket.put(key, manifest);
    catchUp.pass();
    assertThat(held(THINGS)).contains(LandedFolder.id(first));
  }

  @Test
  void remembersAManifestThatItCouldNotReadThroughAFailure() {
    ManifestMessage first = landed.land(THINGS, "1,a");
    ManifestMessage second = landed.land(THINGS, "2,b");
    String key = FOLDER.key(BatchFolder.manifest(1));
    byte[] manifest = bucket.get(key).orElseThrow();
    bucket.put(key, "{}".getBytes(StandardCharsets.UTF_8));
    load(second);
    FlakyLedger ledger = new FlakyLedger(warehouse.ledger());
    BatchFolders fresh = new BatchFolders(List.of(FOLDER), name -> bucket);
    CatchUp flaky = new CatchUp(FOLDER, fresh, ledger, backlogs, clock, 1000);
    flaky.pass();

    bucket.put(key, manifest);
    ledger.fail(true);
    flaky.pass();
    ledger.fail(false);
    flaky.pass();

    assertThat(held(THINGS)).containsExactly(LandedFolder.id(first));
  }

  @Test
  void goesOnBehindAManifestThatHasVanishedAndComesBackToIt() {
    ManifestMessage first = landed.land(THINGS, "1,a");
    ManifestMessage second = landed.land(THINGS, "2,b");
    landed.land(THINGS, "3,c");
    String key = FOLDER.key(BatchFolder.manifest(1));
    byte[] manifest = bucket.get(key).orElseThrow();
    bucket.delete(key);
    bucket.put(FOLDER.key(BatchFolder.lastManifestHint()), "3".getBytes(StandardCharsets.UTF_8));

    catchUp.pass();
    assertThat(held(THINGS)).contains(LandedFolder.id(second));
    assertThat(warehouse.ledger().progress(FOLDER)).isEmpty();

    bucket.put(key, manifest);
    catchUp.pass();
    assertThat(held(THINGS)).contains(LandedFolder.id(first));
  }

  @Test
  void tellsWhatIsNotLoadedYet() {
    catchUp = start(500);
    for (int i = 0; i < 1200; i++) {
      landed.land(THINGS, i + ",x");
    }

    catchUp.pass();

    assertThat(catchUp.backlog()).isEqualTo(new LogBacklog(FOLDER, 500, 700, 0));
  }

  @Test
  void asksALedgerAgainThatDidNotAnswerWithinTheSamePass() {
    ManifestMessage first = landed.land(THINGS, "1,a");
    FlakyLedger flaky = new FlakyLedger(warehouse.ledger());
    Retries retries =
        new Retries(
            new Backoff(Duration.ofMillis(2), Duration.ofMillis(5)),
            4,
            RetryingLedger::passes,
            new Random(1));
    CatchUp patient =
        new CatchUp(FOLDER, folders, new RetryingLedger(flaky, retries), backlogs, clock, 1000);
    flaky.failNext(2);

    patient.pass();

    assertThat(held(THINGS)).containsExactly(LandedFolder.id(first));
  }

  @Test
  void triesAgainWhenTheBucketDoesNotAnswer() {
    ManifestMessage lost = landed.land(THINGS, "1,a");
    bucket.failNext(ObjectStoreException.Kind.MISCONFIGURED);

    catchUp.pass();
    assertThat(held(THINGS)).isEmpty();

    catchUp.pass();
    assertThat(held(THINGS)).containsExactly(LandedFolder.id(lost));
  }

  private CatchUp start(int mostMissing) {
    backlogs.put(THINGS, new Backlog(10_000));
    backlogs.put(OTHERS, new Backlog(10_000));
    BatchFolders fresh = new BatchFolders(List.of(FOLDER), name -> bucket);
    return new CatchUp(FOLDER, fresh, warehouse.ledger(), backlogs, clock, mostMissing);
  }

  private List<BatchId> held(TableName table) {
    return backlogs.get(table).pending(clock.instant()).stream().map(PendingBatch::id).toList();
  }

  private void load(ManifestMessage message) {
    loader.load(
        message.table(),
        List.of(LandedFolder.id(message)),
        new LoadListener() {
          @Override
          public void settled(LoadOutcome outcome) {}

          @Override
          public boolean mayStillCome(BatchId batch) {
            return true;
          }

          @Override
          public void refused(BatchId batch, LoadException reason) {
            throw reason;
          }
        });
  }
}
