package io.sluice.loader.operate.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuietListener;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.operate.reconcile.Reconciler.Options;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LedgerRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final TableName OTHER = TableName.parse("others");

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE, OTHER);
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  private final LandedFolder landed = new LandedFolder(bucket, folder);
  private final BatchFolders loading = new BatchFolders(List.of(folder), name -> bucket);
  private final List<ManifestMessage> messages = new ArrayList<>();
  private final List<Difference> told = new ArrayList<>();
  private Duration grace = Duration.ZERO;

  @BeforeEach
  void landTen() {
    landed.takeOver();
    for (int i = 0; i < 10; i++) {
      messages.addAll(landed.landForAll(List.of(TABLE, OTHER), i + ",row"));
    }
    clock.advance(Duration.ofDays(1));
  }

  @Test
  void findsNothingWrongWithWhatIsLoaded() {
    messages.forEach(this::load);

    Reconciliation result = run();

    assertThat(told).isEmpty();
    assertThat(result.isExact()).isTrue();
    assertThat(result.firstManifest()).isEqualTo(1);
    assertThat(result.lastManifest()).isEqualTo(11);
    assertThat(result.manifests()).isEqualTo(11);
    assertThat(result.batches()).isEqualTo(20);
    assertThat(result.batchesLoaded()).isEqualTo(20);
    assertThat(result.files()).isEqualTo(20);
    assertThat(result.rows()).isEqualTo(20);
    assertThat(result.rowsLoaded()).isEqualTo(20);
    assertThat(result.orphans()).isZero();
  }

  @Test
  void acceptsWhatIsInQuarantine() {
    messages.forEach(this::load);
    load(landed.landFiles(TABLE, List.of("1,a", "bad")));
    warehouse.allowErrors(2);
    load(landed.land(TABLE, "2,b", "worse"));

    Reconciliation result = run();

    assertThat(told).isEmpty();
    assertThat(result.rowsLoaded()).isEqualTo(22);
    assertThat(result.rowsSetAside()).isEqualTo(2);
    assertThat(result.rows()).isEqualTo(24);
  }

  @Test
  void findsABatchThatIsNotLoadedUnlessItIsYoung() {
    messages.subList(1, messages.size()).forEach(this::load);

    assertThat(kinds()).containsExactly(Kind.NOT_LOADED);
    assertThat(told.get(0).what()).contains("s3://bucket/x#2/public.things").contains("1 rows");

    grace = Duration.ofDays(2);
    told.clear();
    Reconciliation result = run();
    assertThat(told).isEmpty();
    assertThat(result.batchesWaiting()).isEqualTo(1);
    assertThat(result.rowsWaiting()).isEqualTo(1);
  }

  @Test
  void findsAFileThatIsGoneAndOneThatWasCut() {
    messages.forEach(this::load);
    bucket.delete(landed.fileKey(messages.get(3)));
    bucket.put(landed.fileKey(messages.get(8)), new byte[3]);

    assertThat(kinds()).containsExactly(Kind.MISSING_FILE, Kind.WRONG_SIZE);
    assertThat(told.get(1).what()).contains("has 3 bytes in S3").contains("in manifest 6");
  }

  @Test
  void findsAGapAndGoesOnBehindIt() {
    messages.forEach(this::load);
    bucket.delete(folder.key(BatchFolder.manifest(4)));
    bucket.delete(folder.key(BatchFolder.manifest(5)));

    Reconciliation result = run();

    assertThat(told.get(0))
        .isEqualTo(Difference.of(Kind.GAP_IN_LOG, 4, "manifests 4 to 5 are missing"));
    assertThat(told.subList(1, told.size()))
        .hasSize(4)
        .allMatch(difference -> difference.kind() == Kind.LEDGER_WITHOUT_BATCH);
    assertThat(result.manifests()).isEqualTo(9);
    assertThat(result.orphans()).as("their files").isEqualTo(4);
  }

  @Test
  void findsAManifestThatIsNoneAnyMore() {
    messages.forEach(this::load);
    bucket.put(folder.key(BatchFolder.manifest(4)), "{".getBytes(StandardCharsets.UTF_8));

    assertThat(kinds()).startsWith(Kind.UNREADABLE_MANIFEST);
  }

  @Test
  void findsAManifestWhoseRowsWereChangedByHand() {
    messages.forEach(this::load);
    change(4, text -> text.replaceFirst("\"rows\" ?: ?1\\b", "\"rows\":5"));

    assertThat(kinds()).containsExactly(Kind.LEDGER_DIFFERS);
    assertThat(told.get(0).what()).contains("5 rows").contains("and 1, ");
    assertThat(told.get(0).table()).contains(TABLE);
  }

  @Test
  void findsAManifestWhoseSizesWereChangedByHand() {
    messages.forEach(this::load);
    change(4, text -> text.replaceFirst("\"bytes\" ?: ?[0-9]+", "\"bytes\":5"));

    assertThat(kinds()).containsExactly(Kind.LEDGER_DIFFERS, Kind.WRONG_SIZE);
  }

  @Test
  void findsAManifestFromWhichABatchWasTakenByHand() {
    messages.forEach(this::load);
    Manifest whole = loading.manifest(folder, 4).orElseThrow();
    Manifest without =
        new Manifest(
            whole.number(),
            whole.kind(),
            whole.writer(),
            whole.batchTime(),
            whole.interval(),
            whole.sources(),
            whole.batches().subList(0, 1),
            whole.rejects(),
            whole.createdAt());
    bucket.put(folder.key(BatchFolder.manifest(4)), ContractJson.write(without));

    assertThat(kinds()).containsExactly(Kind.LEDGER_WITHOUT_BATCH);
    assertThat(told.get(0).table()).contains(OTHER);
  }

  private void change(long number, UnaryOperator<String> change) {
    Manifest manifest = loading.manifest(folder, number).orElseThrow();
    String text = new String(ContractJson.write(manifest), StandardCharsets.UTF_8);
    bucket.put(
        folder.key(BatchFolder.manifest(number)),
        change.apply(text).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findsABatchThatIsTwiceInTheLedgerAndOneThatIsInNoManifest() {
    messages.forEach(this::load);
    LedgerRow row = warehouse.ledgerRows().get(4);
    warehouse.enter(row);
    BatchId foreign = new BatchId(folder, 900, TABLE);
    warehouse.enter(
        new LedgerRow(
            foreign,
            "by-hand",
            1,
            1,
            1,
            row.batchTime(),
            row.arrivalMin(),
            row.arrivalMax(),
            row.loadedAt(),
            "a person",
            row.quarantined()));

    assertThat(kinds()).containsExactly(Kind.LOADED_TWICE, Kind.LEDGER_WITHOUT_BATCH);
    assertThat(told.get(1).what()).contains("s3://bucket/x#900/public.things by load by-hand");
  }

  @Test
  void countsOrphansApart() {
    messages.forEach(this::load);
    bucket.put("x/20261122T050015.000Z/public.things/part-00000-dead.csv.zst", new byte[7]);
    String interval = BatchFolder.interval(messages.get(0).batchTime());
    bucket.put("x/" + interval + "/public.things/part-00000-other.csv.zst", new byte[5]);

    Reconciliation result = run();

    assertThat(told).isEmpty();
    assertThat(result.orphans()).isEqualTo(2);
    assertThat(result.orphanBytes()).isEqualTo(12);
  }

  @Test
  void announcesAgainWhatIsNotLoaded() {
    messages.subList(3, messages.size()).forEach(this::load);
    List<ManifestMessage> sent = new ArrayList<>();
    List<ManifestMessage> heard = new ArrayList<>();
    Repair repair = new Repair(loading, sent::addAll, heard::add);
    bucket.delete(landed.fileKey(messages.get(9)));

    run();
    told.forEach(difference -> repair.mend(folder, difference));

    assertThat(told).hasSize(4);
    assertThat(repair.finish()).isEqualTo(3);
    assertThat(sent).containsExactlyElementsOf(messages.subList(0, 3)).isEqualTo(heard);
  }

  @Test
  void leavesTheFilesOfOtherTablesAlone() {
    messages.forEach(this::load);
    bucket.delete(landed.fileKey(messages.get(1)));

    Reconciliation result =
        new Reconciler(
                loading, warehouse.history(), Set.of(TABLE), new Options(grace, false), clock)
            .run(folder, 1, Long.MAX_VALUE, told::add);

    assertThat(told).isEmpty();
    assertThat(result.files()).isEqualTo(10);
    assertThat(result.orphans()).isZero();
  }

  @Test
  void looksAtAPartOfTheLog() {
    messages.subList(4, 8).forEach(this::load);

    Reconciliation result = run(4, 5);

    assertThat(told).isEmpty();
    assertThat(result.batches()).isEqualTo(4);
    assertThat(result.orphans()).as("files of later manifests are no orphans").isZero();
  }

  private List<Kind> kinds() {
    run();
    return told.stream().map(Difference::kind).toList();
  }

  private Reconciliation run() {
    return run(1, Long.MAX_VALUE);
  }

  private Reconciliation run(long first, long last) {
    return new Reconciler(
            new BatchFolders(List.of(folder), name -> bucket),
            warehouse.history(),
            Set.of(TABLE, OTHER),
            new Options(grace, false),
            clock)
        .run(folder, first, last, told::add);
  }

  private void load(ManifestMessage message) {
    BatchId batch = LandedFolder.id(message);
    new Loader(
            warehouse,
            new BatchFolders(List.of(folder), name -> bucket),
            new LoadIds(clock, new Random(batch.hashCode())),
            "test:1",
            clock,
            10)
        .load(batch.table(), List.of(batch), new QuietListener());
  }
}
