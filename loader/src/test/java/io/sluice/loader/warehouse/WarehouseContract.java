package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every warehouse does, the one in memory like the real one. */
abstract class WarehouseContract {
  static final TableName TABLE = TableName.parse("public.things");
  static final TableName OTHER = TableName.parse("public.others");

  /** Whose rows get the name of their load. */
  static final TableName TOLD = TableName.parse("public.told");

  private Warehouse warehouse;
  private LandedFolder landed;
  private BatchFolders folders;

  /** A warehouse with all tables, empty, of the columns of {@link LandedFolder}. */
  abstract Warehouse warehouse();

  abstract ObjectStore bucket();

  /** Takes a row out of {@link #TOLD} by hand. */
  abstract void delete(long id, String name);

  /** Puts a row of no load into {@link #TOLD} by hand. */
  abstract void insert(long id, String name);

  /** A folder that no other test uses. */
  abstract BatchFolder folder();

  /** The rows of a table, each its fields joined by commas. */
  abstract List<String> rows(TableName table);

  @BeforeEach
  void initialise() {
    warehouse = warehouse();
    warehouse.initialise(List.of(TABLE, OTHER, TOLD));
    landed = new LandedFolder(bucket(), folder());
    folders = new BatchFolders(List.of(landed.folder()), bucket -> bucket());
  }

  @Test
  void commitsRowsAndLedgerTogether() {
    SourceBatch batch = land("1,one", "2,two");

    try (LoadTransaction transaction = warehouse.begin(TABLE, List.of(batch.id()))) {
      assertThat(transaction.loaded()).isEmpty();
      assertThat(transaction.copy(copy(batch))).isEqualTo(2);
      transaction.record(List.of(row(batch)));
      transaction.commit();
    }

    assertThat(rows(TABLE)).containsExactlyInAnyOrder("1,one", "2,two");
    assertThat(warehouse.ledger().loaded(List.of(batch.id()))).containsExactly(batch.id());
    try (LoadTransaction transaction = warehouse.begin(TABLE, List.of(batch.id()))) {
      assertThat(transaction.loaded()).containsExactly(Map.entry(batch.id(), row(batch).loadId()));
    }
  }

  @Test
  void rollsBackRowsAndLedgerTogether() {
    SourceBatch batch = land("1,one");

    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.copy(copy(batch));
      transaction.record(List.of(row(batch)));
    }

    assertThat(rows(TABLE)).isEmpty();
    assertThat(warehouse.ledger().loaded(List.of(batch.id()))).isEmpty();
  }

  @Test
  void findsWhatWasLoadedOfAFolderWithAQuoteInItsName() {
    SourceBatch elsewhere = land("1,one");
    BatchId id = new BatchId(BatchFolder.parse("s3://elsewhere/ann's"), 1, TABLE);
    SourceBatch batch =
        new SourceBatch(id, elsewhere.batchTime(), elsewhere.createdAt(), elsewhere.batch());
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.record(List.of(row(batch)));
      transaction.commit();
    }

    try (LoadTransaction transaction = warehouse.begin(TABLE, List.of(id, elsewhere.id()))) {
      assertThat(transaction.loaded().keySet()).containsExactly(id);
    }
  }

  @Test
  void readsWithTheLockWhatTheLedgerHasOfThousandsOfBatches() {
    SourceBatch landed = land("1,one");
    List<LedgerRow> rows = new ArrayList<>();
    for (long number = 1; number <= 2_600; number++) {
      BatchId id = new BatchId(landed.id().folder(), number, TABLE);
      rows.add(row(new SourceBatch(id, landed.batchTime(), landed.createdAt(), landed.batch())));
    }
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.record(rows);
      transaction.commit();
    }

    List<BatchId> ids = rows.stream().map(LedgerRow::batch).toList();
    try (LoadTransaction transaction = warehouse.begin(TABLE, ids)) {
      assertThat(transaction.loaded()).containsOnlyKeys(ids);
      assertThat(transaction.copy(copy(landed))).isEqualTo(1);
    }
  }

  @Test
  void tellsBatchesApartByFolderNumberAndTable() {
    SourceBatch batch = load("1,one");

    BatchId otherNumber = new BatchId(batch.id().folder(), batch.id().manifest() + 1, TABLE);
    BatchId otherTable = new BatchId(batch.id().folder(), batch.id().manifest(), OTHER);
    BatchId otherFolder =
        new BatchId(BatchFolder.parse("s3://elsewhere/x"), batch.id().manifest(), TABLE);

    assertThat(warehouse.ledger().loaded(List.of(otherNumber, otherTable, otherFolder, batch.id())))
        .containsExactly(batch.id());
  }

  @Test
  void refusesDataThatDoesNotFitWithItsReason() {
    SourceBatch batch = land("1,one", "2,two,and,more");

    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      assertThatThrownBy(() -> transaction.copy(copy(batch)))
          .isInstanceOfSatisfying(
              WarehouseException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_DATA))
          .hasMessageContaining("failed")
          .satisfies(
              e ->
                  assertThat(((WarehouseException) e).loadError())
                      .hasValueSatisfying(
                          error ->
                              assertThat(error.file()).isEqualTo(batch.uri(batch.files().get(0)))));
    }

    assertThat(rows(TABLE)).isEmpty();
  }

  @Test
  void aFileInQuarantineIsNoBatchThatIsLoaded() {
    SourceBatch batch = land("1,one");
    LoadError error = new LoadError("s3://x/y", 3, "name", "long\0value", "1204", "too long");
    String key = batch.files().get(0).key();

    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.record(List.of(row(batch).about(new BadFile(key, error, Extent.FILE), 1, 90, 1)));
      transaction.commit();
    }

    assertThat(warehouse.ledger().loaded(List.of(batch.id()))).isEmpty();
  }

  @Test
  void tellsWhatIsInQuarantineAndWhatBecameOfIt() {
    SourceBatch batch = land("1,one");
    String key = batch.files().get(0).key();
    LoadError error =
        new LoadError(batch.uri(batch.files().get(0)), 3, "name", "a value", "", "too long");
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.record(
          List.of(row(batch), row(batch).about(new BadFile(key, error, Extent.FILE), 1, 90, 1)));
      transaction.commit();
    }
    Instant time = batch.batchTime();
    QuarantineEntry entry = quarantine(time, time.plusSeconds(1)).get(0);
    assertThat(entry)
        .isEqualTo(
            new QuarantineEntry(
                batch.id(),
                State.QUARANTINED,
                key,
                row(batch).loadId(),
                1,
                90,
                time,
                time,
                "test:1",
                error));
    assertThat(quarantine(null, time)).isEmpty();
    assertThat(quarantine(time.plusSeconds(1), null)).isEmpty();
    assertThat(warehouse.quarantine().entries(List.of(OTHER), null, null)).isEmpty();

    QuarantineEntry replaced = entry.replaced("load-2", 7, 70, "ann", time.plusSeconds(60));
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      assertThat(transaction.change(entry, replaced)).isTrue();
    }
    assertThat(quarantine(null, null)).as("rolled back").containsExactly(entry);
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      assertThat(transaction.change(entry, replaced)).isTrue();
      transaction.commit();
    }

    assertThat(quarantine(null, null)).containsExactly(replaced);
    assertThat(history(batch.id().manifest(), batch.id().manifest(), TABLE))
        .extracting(LedgerEntry::state, LedgerEntry::rows, LedgerEntry::bytes, LedgerEntry::loadId)
        .containsExactlyInAnyOrder(
            tuple(State.LOADED, 1L, batch.bytes(), row(batch).loadId()),
            tuple(State.REPLACED, 7L, 70L, "load-2"));
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      assertThat(transaction.change(entry, replaced)).as("decided already").isFalse();
    }
  }

  private List<QuarantineEntry> quarantine(Instant from, Instant to) {
    return warehouse.quarantine().entries(List.of(TABLE), from, to);
  }

  @Test
  void tellsTheHistoryInTheOrderOfManifests() {
    SourceBatch first = load("1,one");
    SourceBatch second = load("2,two", "3,three");
    String key = second.files().get(0).key();
    LoadError error = new LoadError("s3://x/y", 3, "name", "value", "1204", "too long");
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      BadFile rows = new BadFile(key, error, Extent.ROWS);
      transaction.record(List.of(row(second).about(rows, 1, 0, 0)));
      transaction.commit();
    }

    long last = second.id().manifest();
    assertThat(history(1, Long.MAX_VALUE, TABLE, OTHER))
        .extracting(LedgerEntry::manifest, LedgerEntry::state, LedgerEntry::rows)
        .containsExactlyInAnyOrder(
            tuple(first.id().manifest(), State.LOADED, 1L),
            tuple(last, State.LEFT_OUT, 1L),
            tuple(last, State.LOADED, 2L));
    assertThat(history(1, Long.MAX_VALUE, TABLE)).extracting(LedgerEntry::manifest).isSorted();
    assertThat(history(last, last, TABLE)).extracting(LedgerEntry::manifest).containsOnly(last);
    assertThat(history(last, last, TABLE))
        .filteredOn(entry -> entry.state() == State.LEFT_OUT)
        .extracting(LedgerEntry::file)
        .containsExactly(Optional.of(key));
    assertThat(history(1, Long.MAX_VALUE, OTHER)).isEmpty();
    assertThat(history(1, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void sumsUpWhatItLoadedAndSetAside() {
    SourceBatch first = load("1,one");
    SourceBatch second = load("2,two", "3,three");
    LoadError error = new LoadError("s3://x/y", 3, "name", "value", "1204", "too long");
    String key = second.files().get(0).key();
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      transaction.record(List.of(row(second).about(new BadFile(key, error, Extent.ROWS), 4, 0, 0)));
      transaction.commit();
    }
    LedgerSums sums = warehouse.sums();

    assertThat(sums.newest(List.of(TABLE, OTHER)))
        .containsOnly(
            Map.entry(
                TABLE, new LedgerSums.Newest(second.batchTime(), second.batch().arrivalMax())));
    assertThat(sums.setAside(List.of(TABLE, OTHER)))
        .containsOnly(Map.entry(TABLE, new LedgerSums.SetAside(1, 4)));
    assertThat(sums.loads(List.of(TABLE), first.batchTime(), second.batchTime()))
        .containsExactly(new LoadSum(TABLE, "load-1", 1, 1, first.bytes(), 1, first.batchTime()));
    assertThat(
            sums.loads(List.of(TABLE, OTHER), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")))
        .extracting(LoadSum::loadId, LoadSum::rows)
        .containsExactly(tuple("load-1", 1L), tuple("load-2", 2L));
    assertThat(sums.loads(List.of(OTHER), Instant.EPOCH, second.batchTime())).isEmpty();
    assertThat(sums.newest(List.of())).isEmpty();
  }

  @Test
  void countsATableAgainstTheLedger() {
    load("1,one");
    load("2,two", "3,three");

    assertThat(warehouse.counts().whole(TABLE))
        .isEqualTo(new TableCounts.Count(Optional.empty(), 3, 3));
    assertThat(warehouse.counts().whole(OTHER))
        .isEqualTo(new TableCounts.Count(Optional.empty(), 0, 0));
  }

  @Test
  void tellsWhatALoadWouldDoAndDoesNothing() {
    SourceBatch batch = land("1,one");
    TableName missing = TableName.parse("public.not_there");

    assertThat(warehouse.preview().drift(TABLE, batch.batch().columns())).isEmpty();
    assertThat(warehouse.preview().drift(missing, batch.batch().columns()))
        .singleElement()
        .asString()
        .startsWith("CREATE TABLE public.not_there (\"id\" bigint, \"name\" varchar(64)");
    assertThat(warehouse.preview().statements(TABLE, copy(batch)))
        .singleElement()
        .asString()
        .startsWith("COPY public.things (\"id\", \"name\")\nFROM 's3://")
        .contains("IAM_ROLE ");
    assertThat(rows(TABLE)).isEmpty();
  }

  @Test
  void replacesWhatALoadBroughtInOneTransaction() {
    SourceBatch first = loadTold("1,one", "2,two");
    SourceBatch second = loadTold("3,three");

    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      transaction.undo(List.of("load-" + first.id().manifest()), MissingRows.REFUSED);
    }
    assertThat(rows(TOLD)).containsExactlyInAnyOrder("1,one", "2,two", "3,three");
    assertThat(warehouse.ledger().loaded(List.of(first.id()))).hasSize(1);

    SourceBatch again = land(TOLD, "4,four");
    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      transaction.undo(List.of("load-" + first.id().manifest()), MissingRows.REFUSED);
      transaction.copy(copy(again));
      transaction.merge("again");
      transaction.record(List.of(row(again)));
      transaction.commit();
    }

    assertThat(rows(TOLD)).containsExactlyInAnyOrder("3,three", "4,four");
    assertThat(warehouse.ledger().loaded(List.of(first.id(), second.id(), again.id())))
        .containsExactlyInAnyOrder(second.id(), again.id());
  }

  @Test
  void takesNothingOutOfATableThatSomebodyHasChanged() {
    loadTold("1,one", "2,two");
    String load = "load-" + loadTold("3,three", "4,four").id().manifest();
    delete(3, "three");

    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      assertThatThrownBy(() -> transaction.undo(List.of(load), MissingRows.REFUSED))
          .isInstanceOfSatisfying(
              WarehouseException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED))
          .hasMessage(
              "public.told has 1 rows of load %s and the ledger says 2: nothing is replaced", load);
    }
    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      assertThatThrownBy(() -> transaction.undo(List.of(load), MissingRows.REFUSED))
          .hasMessageStartingWith("public.things has no load-column");
    }
  }

  @Test
  void loadsAgainWhatIsGoneFromTheTable() {
    loadTold("1,one", "2,two");
    String load = "load-" + loadTold("3,three", "4,four").id().manifest();
    delete(3, "three");

    SourceBatch again = land(TOLD, "3,three", "4,four");
    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      transaction.undo(List.of(load), MissingRows.ACCEPTED);
      transaction.copy(copy(again));
      transaction.merge("again");
      transaction.record(List.of(row(again)));
      transaction.commit();
    }

    assertThat(rows(TOLD)).containsExactlyInAnyOrder("1,one", "2,two", "3,three", "4,four");
  }

  @Test
  void takesNoRowsForGoneThatMayOnlyNameNoLoad() {
    String load = "load-" + loadTold("1,one", "2,two").id().manifest();
    delete(1, "one");
    insert(1, "one");

    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      assertThatThrownBy(() -> transaction.undo(List.of(load), MissingRows.ACCEPTED))
          .hasMessage(
              "public.told has 1 rows that name no load of the ledger, and they may be those that are missing: nothing is replaced");
    }
    assertThat(rows(TOLD)).containsExactlyInAnyOrder("1,one", "2,two");
  }

  @Test
  void tellsWholeLoads() {
    SourceBatch batch = loadTold("1,one");
    String key = batch.files().get(0).key();
    LoadError error = new LoadError("s3://x/y", 3, "name", "value", "1204", "too long");
    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      BadFile file = new BadFile(key, error, Extent.FILE);
      transaction.record(List.of(row(batch).about(file, 1, 90, 1)));
      transaction.commit();
    }

    String load = "load-" + batch.id().manifest();
    assertThat(warehouse.history().loads(TOLD, List.of(load, "no such load")))
        .containsExactly(
            new RecordedLoad(
                load,
                batch.batchTime(),
                1,
                Set.of(batch.id()),
                new AsideFiles(Set.of(landed.folder().uri(key)), Map.of(), Map.of(), Set.of())));
    assertThat(warehouse.history().loads(TABLE, List.of(load))).isEmpty();
    assertThat(warehouse.history().loads(TOLD, List.of())).isEmpty();
  }

  private SourceBatch loadTold(String... lines) {
    SourceBatch batch = land(TOLD, lines);
    try (LoadTransaction transaction = warehouse.begin(TOLD)) {
      transaction.copy(copy(batch));
      transaction.merge(row(batch).loadId());
      transaction.record(List.of(row(batch)));
      transaction.commit();
    }
    return batch;
  }

  private List<LedgerEntry> history(long first, long last, TableName... tables) {
    try (Stream<LedgerEntry> entries =
        warehouse.history().entries(landed.folder(), List.of(tables), first, last)) {
      return entries.toList();
    }
  }

  @Test
  void refusesAManifestWhoseFileIsMissing() {
    SourceBatch batch = land("1,one");
    CopyManifest manifest = new CopyManifest(Map.of(landed.folder().uri("not/there.csv.zst"), 1L));
    String uri = folders.put(landed.folder(), "missing", manifest);

    try (LoadTransaction transaction = warehouse.begin(TABLE)) {
      CopyRequest request = new CopyRequest(uri, batch.batch().columns(), batch.batch().format());
      assertThatThrownBy(() -> transaction.copy(request))
          .isInstanceOfSatisfying(
              WarehouseException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_DATA))
          .hasMessageContaining("Mandatory url is not present in manifest file");
    }
  }

  @Test
  void makesTheSecondLoadOfATableWaitForTheFirstAndSeeWhatItLoaded() {
    SourceBatch batch = land("1,one");
    CompletableFuture<Boolean> second;

    try (LoadTransaction first = warehouse.begin(TABLE)) {
      second =
          CompletableFuture.supplyAsync(
              () -> {
                try (LoadTransaction transaction = warehouse.begin(TABLE, List.of(batch.id()))) {
                  return transaction.loaded().containsKey(batch.id());
                }
              });
      first.copy(copy(batch));
      first.record(List.of(row(batch)));
      assertThat(second).isNotDone();
      first.commit();
    }

    assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
  }

  @Test
  void loadsTwoTablesSideBySide() {
    try (LoadTransaction first = warehouse.begin(TABLE)) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> warehouse.begin(OTHER).close());

      Awaitility.await().until(other::isDone);
      assertThat(other).isCompleted();
      assertThat(first.loaded()).isEmpty();
    }
  }

  @Test
  void remembersTheHighestProgressOfEachTable() {
    BatchFolder folder = landed.folder();
    Ledger ledger = warehouse.ledger();

    ledger.saveProgress(folder, Map.of(TABLE, 5L, OTHER, 2L));
    ledger.saveProgress(folder, Map.of(TABLE, 9L));
    ledger.saveProgress(folder, Map.of(TABLE, 7L));

    assertThat(ledger.progress(folder)).containsOnly(Map.entry(TABLE, 9L), Map.entry(OTHER, 2L));
    assertThat(ledger.progress(BatchFolder.parse("s3://elsewhere/x"))).isEmpty();
  }

  @Test
  void beginsNoLoadOfATableThatIsPausedUntilItIsResumed() {
    Pause first = new Pause(TABLE, "ann", Instant.parse("2026-11-22T05:12:30Z"), "a rebuild");
    Pause second = new Pause(TABLE, "bob@host", Instant.parse("2026-11-22T06:00:00Z"), "it's long");
    warehouse.pauses().pause(first);
    assertThat(warehouse.pauses().of(TABLE)).contains(first);
    assertThat(warehouse.pauses().all()).contains(Map.entry(TABLE, first));
    warehouse.pauses().pause(second);

    assertThatThrownBy(() -> warehouse.begin(TABLE))
        .isInstanceOfSatisfying(PausedException.class, e -> assertThat(e.pause()).isEqualTo(second))
        .hasMessage("public.things is paused by bob@host: it's long");
    warehouse.begin(OTHER).close();

    warehouse.pauses().resume(TABLE);
    warehouse.pauses().resume(TABLE);
    assertThat(warehouse.pauses().of(TABLE)).isEmpty();
    assertThat(warehouse.pauses().all()).doesNotContainKey(TABLE);
    warehouse.begin(TABLE).close();
  }

  @Test
  void tellsTheColumnsOfATable() {
    assertThat(warehouse.columns(TABLE)).isEqualTo(LandedFolder.COLUMNS);
    assertThat(warehouse.columns(TOLD)).isEqualTo(LandedFolder.COLUMNS);
    assertThatThrownBy(() -> warehouse.columns(TableName.parse("not_there")))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void findsNothingWrongWithTablesThatAreThere() {
    warehouse.initialise(List.of(TABLE, OTHER));

    assertThat(warehouse.problems(List.of(TABLE, OTHER))).isEmpty();
  }

  @Test
  void looksAtATableWithoutWaitingForTheLoadInHand() {
    warehouse.initialise(List.of(TABLE));

    try (LoadTransaction load = warehouse.begin(TABLE)) {
      assertThat(load.loaded()).isEmpty();
      assertThat(warehouse.problems(List.of(TABLE))).isEmpty();
    }
  }

  @Test
  void namesATableThatIsMissing() {
    TableName missing = TableName.parse("public.not_there");
    warehouse.initialise(List.of(missing));

    assertThat(warehouse.problems(List.of(TABLE, missing)))
        .singleElement()
        .asString()
        .contains("not_there")
        .contains("does not exist");
  }

  final SourceBatch land(String... lines) {
    return land(TABLE, lines);
  }

  private SourceBatch land(TableName table, String... lines) {
    ManifestMessage message = landed.land(table, lines);
    return folders.batch(LandedFolder.id(message));
  }

  final SourceBatch load(String... lines) {
    return load(warehouse, lines);
  }

  final SourceBatch load(Warehouse by, String... lines) {
    SourceBatch batch = land(lines);
    try (LoadTransaction transaction = by.begin(TABLE)) {
      transaction.copy(copy(batch));
      transaction.record(List.of(row(batch)));
      transaction.commit();
    }
    return batch;
  }

  final CopyRequest copy(SourceBatch batch) {
    String uri =
        folders.put(
            landed.folder(), "load-" + batch.id().manifest(), CopyManifest.of(List.of(batch)));
    return new CopyRequest(uri, batch.batch().columns(), batch.batch().format());
  }

  final LedgerRow row(SourceBatch batch) {
    return new LedgerRow(
        batch.id(),
        "load-" + batch.id().manifest(),
        batch.rows(),
        batch.bytes(),
        batch.files().size(),
        batch.batchTime(),
        batch.batch().arrivalMin(),
        batch.batch().arrivalMax(),
        batch.batchTime(),
        "test:1",
        Optional.empty());
  }
}
