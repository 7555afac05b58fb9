package io.sluice.loader.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.TestClock;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LedgerRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoaderTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final int MOST_BAD = 4;

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final LandedFolder landed = new LandedFolder(bucket, BatchFolder.parse("s3://bucket/x"));
  private final BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> bucket);
  private final Loader loader = newLoader("test:1");
  private final Heard heard = new Heard();

  @Test
  void loadsSeveralBatchesByOneCopy() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a", "2,b"), landed.land(TABLE, "3,c"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.copies()).hasSize(1);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b", "3,c");
    LoadOutcome outcome = heard.outcomes.get(0);
    assertThat(outcome.settled()).isEqualTo(ids);
    assertThat(outcome.rows()).isEqualTo(3);
    assertThat(outcome.files()).isEqualTo(2);
    assertThat(outcome.oldestArrival()).isEqualTo(LandedFolder.START);
    assertThat(outcome.freshness()).hasHours(1);
  }

  @Test
  void entersEachBatchInTheLedgerWithItsOwnFigures() {
    ManifestMessage message = landed.land(TABLE, "1,a", "2,b");

    loader.load(TABLE, ids(message, landed.land(TABLE, "3,c")), heard);

    assertThat(warehouse.ledgerRows()).hasSize(2);
    LedgerRow row = warehouse.ledgerRows().get(0);
    assertThat(row.batch()).isEqualTo(LandedFolder.id(message));
    assertThat(row.loadId()).isEqualTo(heard.outcomes.get(0).loadId());
    assertThat(row.rows()).isEqualTo(2);
    assertThat(row.bytes()).isEqualTo(message.bytes());
    assertThat(row.files()).isEqualTo(1);
    assertThat(row.batchTime()).isEqualTo(message.batchTime());
    assertThat(row.arrivalMin()).isEqualTo(message.arrivalMin());
    assertThat(row.loadedAt()).isEqualTo(clock.instant());
    assertThat(row.loaderId()).isEqualTo("test:1");
  }

  @Test
  void leavesOutWhatTheLedgerHas() {
    List<BatchId> first = ids(landed.land(TABLE, "1,a"));
    loader.load(TABLE, first, heard);
    List<BatchId> both = new ArrayList<>(first);
    both.addAll(ids(landed.land(TABLE, "2,b")));

    loader.load(TABLE, both, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b");
    assertThat(heard.outcomes.get(1).known()).isEqualTo(first);
    assertThat(heard.outcomes.get(1).rows()).isEqualTo(1);
  }

  @Test
  void runsNoCopyWhenTheLedgerHasAll() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    loader.load(TABLE, ids, heard);

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.copies()).hasSize(1);
    assertThat(heard.outcomes.get(1).copied()).isFalse();
    assertThat(heard.outcomes.get(1).settled()).isEqualTo(ids);
  }

  @Test
  void neverMixesColumnsInOneCopy() {
    List<Column> wider =
        List.of(
            new Column("id", "bigint"), new Column("name", "varchar(64)"), new Column("x", "int"));
    List<BatchId> ids =
        ids(
            landed.land(TABLE, "1,a"),
            landed.land(TABLE, wider, "2,b,9"),
            landed.land(TABLE, "3,c"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.copies()).extracting(copy -> copy.columns().size()).containsExactly(2, 3);
    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,a", "2,b,9", "3,c");
  }

  @Test
  void rollsBackACrashBeforeTheCommitAndLoadsOnTheNextTry() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    warehouse.failNextCopy(FailureKind.TRANSIENT, "connection lost");

    assertThatThrownBy(() -> loader.load(TABLE, ids, heard))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
        .hasMessageMatching("load [0-9TZ.]+-[0-9a-f]{16}: connection lost");
    assertThat(warehouse.rows(TABLE)).isEmpty();
    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void loadsOnceWhenTheConnectionIsLostBeforeTheCommitHappens() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    warehouse.loseNextCommitBeforeItHappens();

    assertUnknown(ids);
    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(heard.outcomes.get(0).loaded()).isEqualTo(ids);
  }

  @Test
  void loadsOnceWhenTheAnswerOfTheCommitIsLost() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    warehouse.loseNextCommitAfterItHappened();

    assertUnknown(ids);
    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(heard.outcomes.get(0).loaded()).isEqualTo(ids);
    assertThat(heard.outcomes.get(0).rows()).isEqualTo(1);
    assertThat(heard.outcomes).hasSize(1);
    assertThat(warehouse.ledgerRows()).hasSize(1);
  }

  @Test
  void tellsOnceWhatItSetAsideByACommitOfWhichTheAnswerWasLost() {
    List<BatchId> ids = ids(landed.landFiles(TABLE, List.of("bad", "1,a")));
    List<BatchId> later = ids(landed.land(TABLE, "2,b"));
    warehouse.loseNextCommitAfterItHappened();
    assertUnknown(ids);

    loader.load(TABLE, later, heard);
    assertThat(heard.quarantined()).isEmpty();
    loader.load(TABLE, ids, heard);
    loader.load(TABLE, ids, heard);

    assertThat(heard.quarantined()).hasSize(1);
    assertThat(note(heard.quarantined().get(0))).contains("\"value\" : \"bad\"");
    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,a", "2,b");
  }

  @Test
  void tellsNothingOfACommitThatAnotherLoaderMade() {
    List<BatchId> ids = ids(landed.landFiles(TABLE, List.of("bad", "1,a")));
    warehouse.loseNextCommitBeforeItHappens();
    assertUnknown(ids);
    newLoader("test:2").load(TABLE, ids, new Heard());

    loader.load(TABLE, ids, heard);

    assertThat(heard.quarantined()).isEmpty();
    assertThat(heard.outcomes.get(0).known()).isEqualTo(ids);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void leavesRowsOutAsFarAsMaxErrorAllowsAndSaysWhich() {
    warehouse.allowErrors(3);
    ManifestMessage two = landed.landFiles(TABLE, List.of("bad", "1,a"));
    List<BatchId> ids = ids(two, landed.land(TABLE, "2,b", "worse", "3,c"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,a", "2,b", "3,c");
    assertThat(warehouse.copies()).hasSize(1);
    assertThat(heard.quarantined())
        .extracting(QuarantinedFile::extent, QuarantinedFile::rowCount, f -> f.error().value())
        .containsExactly(tuple(Extent.ROWS, 1L, "bad"), tuple(Extent.ROWS, 1L, "worse"));
    assertThat(warehouse.ledgerRows())
        .extracting(LedgerRow::rows, LedgerRow::files, row -> row.quarantined().isPresent())
        .containsExactly(
            tuple(1L, 2, false), tuple(1L, 0, true), tuple(2L, 1, false), tuple(1L, 0, true));
    assertThat(heard.outcomes.get(0).rows()).isEqualTo(3);
    assertThat(note(heard.quarantined().get(1)))
        .contains("\"extent\" : \"rows\"")
        .contains("\"rows-left-out\"");
  }

  @Test
  void doesNotTakeAFileThatWasCutForRowsThatAreLeftOut() {
    warehouse.allowErrors(10);
    List<BatchId> ids =
        ids(landed.landPromising(7, TABLE, "1,a", "bad"), landed.land(TABLE, "3,c"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("3,c");
    assertThat(heard.quarantined()).singleElement().returns(7L, QuarantinedFile::rowCount);
  }

  @Test
  void setsAFileAsideWhoseRowsDifferAndReportsBothNumbers() {
    List<BatchId> ids =
        ids(landed.landPromising(7, TABLE, "1,a", "2,b"), landed.land(TABLE, "3,c"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("3,c");
    assertThat(heard.quarantined())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.error().reason())
                    .contains("COPY took 2 rows")
                    .contains("the manifests promise 7"));
    assertThat(heard.settled()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void setsTheFileAsideThatTheWarehouseNamesByOneFurtherCopy() {
    ManifestMessage eight =
        landed.landFiles(
            TABLE, IntStream.range(0, 8).mapToObj(i -> i == 5 ? "bad" : i + ",good").toList());
    List<BatchId> ids = ids(landed.land(TABLE, "8,good"), eight);

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.copies()).hasSize(2);
    assertThat(warehouse.rows(TABLE)).hasSize(8).allMatch(row -> row.endsWith("good"));
    QuarantinedFile file = heard.quarantined().get(0);
    assertThat(file.batch()).isEqualTo(ids.get(1));
    assertThat(file.file().key()).contains("part-00005");
    assertThat(file.error().value()).isEqualTo("bad");
    assertThat(warehouse.ledgerRows()).hasSize(3);
    assertThat(warehouse.ledgerRows().get(1).rows()).isEqualTo(7);
    assertThat(warehouse.ledgerRows().get(2).quarantined().get().key())
        .isEqualTo(file.file().key());
    assertThat(note(file)).contains("\"reason\" : \"fields\"").contains("\"value\" : \"bad\"");
  }

  @Test
  void findsABadFileThatNobodyNamesByHalves() {
    warehouse.nameNoFiles();
    List<BatchId> ids = new ArrayList<>();
    for (int batch = 0; batch < 16; batch++) {
      int number = batch;
      ids.addAll(
          ids(
              landed.landFiles(
                  TABLE,
                  IntStream.range(0, 8)
                      .mapToObj(i -> number == 11 && i == 6 ? "bad" : number + i + ",good")
                      .toList())));
    }

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).hasSize(127);
    assertThat(heard.quarantined())
        .singleElement()
        .extracting(QuarantinedFile::batch)
        .isEqualTo(ids.get(11));
    assertThat(heard.quarantined().get(0).file().key()).contains("part-00006");
    assertThat(heard.settled()).containsExactlyInAnyOrderElementsOf(ids);
    // Seven halvings of 128 files.
    assertThat(warehouse.copies()).hasSizeLessThanOrEqualTo(1 + 2 * 7 + 1);
  }

  @Test
  void setsSeveralBadFilesAside() {
    List<BatchId> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.addAll(ids(landed.land(TABLE, i % 6 == 0 ? "bad" : i + ",good")));
    }

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).hasSize(33);
    assertThat(heard.quarantined()).hasSize(7);
    assertThat(heard.settled()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void takesTheTableForWrongWhenFileAfterFileIsBad() {
    List<BatchId> few = ids(landed.land(TABLE, "bad"), landed.land(TABLE, "bad"));
    List<BatchId> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.addAll(ids(landed.land(TABLE, "bad")));
    }

    loader.load(TABLE, few, heard);
    assertThat(heard.quarantined()).hasSize(2);
    int copies = warehouse.copies().size();
    assertThatThrownBy(() -> loader.load(TABLE, many, heard))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).contains("repair the table").contains("max-bad-files");
            })
        .hasMessageContaining("in a row do not load into public.things");

    assertThat(heard.quarantined()).hasSizeLessThanOrEqualTo(MOST_BAD);
    assertThat(warehouse.copies().size() - copies).isLessThan(MOST_BAD + 2 * 7 + 3);
    loader.load(TABLE, ids(landed.land(TABLE, "1,good"), landed.land(TABLE, "bad")), heard);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,good");
  }

  @Test
  void refusesABatchThatTheLogDoesNotHaveAndLoadsTheRest() {
    List<BatchId> ids = new ArrayList<>(ids(landed.land(TABLE, "1,a")));
    BatchId missing = new BatchId(landed.folder(), 99, TABLE);
    ids.add(missing);

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(heard.refused.get(missing)).hasMessageContaining("the log has no such manifest");
  }

  @Test
  void putsABatchOffWhoseFileIsGoneAndThenSetsTheFileAside() {
    ManifestMessage gone = landed.land(TABLE, "1,a");
    bucket.delete(landed.fileKey(gone));
    List<BatchId> ids = ids(gone, landed.land(TABLE, "2,b"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactly("2,b");
    assertThat(heard.refused.get(ids.get(0)))
        .hasMessageContaining("Mandatory url is not present")
        .hasMessageContaining("part-00000");

    heard.patient = false;
    loader.load(TABLE, ids.subList(0, 1), heard);

    assertThat(heard.quarantined())
        .singleElement()
        .satisfies(file -> assertThat(file.error().reason()).contains("not in S3"));
    assertThat(heard.settled()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void stopsAtAMisconfiguredBucketAndLoadsNothing() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    bucket.failNext(ObjectStoreException.Kind.MISCONFIGURED);

    assertThatThrownBy(() -> loader.load(TABLE, ids, heard))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED));
    assertThat(warehouse.rows(TABLE)).isEmpty();
    assertThat(heard.refused).isEmpty();
  }

  @Test
  void beginsNoLoadAfterItWasAbandoned() {
    List<BatchId> ids = ids(landed.land(TABLE, "1,a"));
    loader.abandon();

    assertThatThrownBy(() -> loader.load(TABLE, ids, heard))
        .isInstanceOf(LoadException.class)
        .hasMessage("the load was given up");
    assertThat(warehouse.copies()).isEmpty();
  }

  @Test
  void setsABatchOfManyBadFilesAsideWhenOthersLoad() {
    List<String> eight = IntStream.range(0, 8).mapToObj(i -> "bad").toList();
    List<BatchId> ids =
        ids(
            landed.landFiles(TABLE, eight),
            landed.land(TABLE, "1,good"),
            landed.land(TABLE, "2,good"));

    loader.load(TABLE, ids, heard);

    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,good", "2,good");
    assertThat(heard.quarantined()).hasSize(8);
    assertThat(heard.settled()).containsExactlyInAnyOrderElementsOf(ids);
  }

  private Loader newLoader(String id) {
    LoadIds ids = new LoadIds(clock, new Random(id.hashCode()));
    return new Loader(warehouse, folders, ids, id, clock, MOST_BAD);
  }

  private String note(QuarantinedFile file) {
    String key = landed.folder().key(file.file().key() + ".quarantine.json");
    return new String(bucket.get(key).orElseThrow(), StandardCharsets.UTF_8);
  }

  private void assertUnknown(List<BatchId> ids) {
    assertThatThrownBy(() -> loader.load(TABLE, ids, heard))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNKNOWN));
    assertThat(heard.outcomes).isEmpty();
  }

  private static List<BatchId> ids(ManifestMessage... messages) {
    return Arrays.stream(messages).map(LandedFolder::id).toList();
  }

  private static final class Heard implements LoadListener {
    private final List<LoadOutcome> outcomes = new ArrayList<>();
    private final Map<BatchId, LoadException> refused = new LinkedHashMap<>();
    private boolean patient = true;

    @Override
    public void settled(LoadOutcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      return patient;
    }

    private List<BatchId> settled() {
      return outcomes.stream().flatMap(outcome -> outcome.settled().stream()).toList();
    }

    private List<QuarantinedFile> quarantined() {
      return outcomes.stream().flatMap(outcome -> outcome.quarantined().stream()).toList();
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      refused.put(batch, reason);
    }
  }
}
