package io.sluice.loader.operate.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.Loader;
import io.sluice.loader.load.QuarantineNotes;
import io.sluice.loader.load.QuarantineRetry;
import io.sluice.loader.operate.quarantine.QuarantineDecision.Outcome;
import io.sluice.loader.operate.quarantine.QuarantineRepair.Replaced;
import io.sluice.loader.operate.reconcile.Difference;
import io.sluice.loader.operate.reconcile.Reconciler;
import io.sluice.loader.operate.reconcile.Reconciliation;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retry and discard; after each decision the proof must still be exact. */
class QuarantineRepairTest {
  private static final TableName TABLE = TableName.parse("things");

  private final TestClock clock = new TestClock();
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  private final LandedFolder landed = new LandedFolder(bucket, folder);
  private final BatchFolders folders = new BatchFolders(List.of(folder), name -> bucket);
  private final List<QuarantineDecision> told = new ArrayList<>();
  private final LoadIds ids = new LoadIds(clock, new Random(1));
  private final QuarantineRepair repair =
      new QuarantineRepair(folders, new QuarantineRetry(warehouse, folders, ids, "ann", clock));

  private QuarantineEntry entry;
  private String note;

  @BeforeEach
  void setOneOfTwoFilesAside() {
    load(landed.landFiles(TABLE, List.of("1,a", "bad")));
    clock.advance(Duration.ofDays(1));
    entry = quarantine().get(0);
    note = folder.key(entry.file()) + ".quarantine.json";
    assertThat(bucket.objects()).containsKey(note);
  }

  @Test
  void loadsAReplacedFileWithWhatItHasNow() {
    replace("2,b", "3,c", "4,d");

    repair.retry(quarantine(), Replaced.ACCEPTED, told::add);

    assertThat(told).extracting(QuarantineDecision::outcome).containsExactly(Outcome.LOADED);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b", "3,c", "4,d");
    QuarantineEntry after = quarantine().get(0);
    assertThat(after.state()).isEqualTo(State.REPLACED);
    assertThat(after.rows()).isEqualTo(3);
    assertThat(after.by()).isEqualTo("ann");
    assertThat(after.loadId()).isNotEqualTo(entry.loadId());
    assertThat(after.error().reason()).startsWith("replaced by ann at ").contains("; was: ");
    assertThat(bucket.objects()).doesNotContainKey(note);
    Reconciliation proof = reconcile();
    assertThat(proof.isExact()).isTrue();
    assertThat(proof.rowsLoaded()).isEqualTo(4);
    assertThat(proof.rowsSetAside()).isZero();
  }

  @Test
  void refusesAReplacedFileUnlessThatIsSaid() {
    replace("2,b", "3,c");

    repair.retry(quarantine(), Replaced.REFUSED, told::add);

    assertThat(told.get(0).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(told.get(0).why()).contains("bytes in S3").contains("say --replaced");
    assertThat(warehouse.copies()).as("no further COPY").hasSize(2);
    assertThat(quarantine()).containsExactly(entry);
  }

  @Test
  void loadsSeveralFilesThatWereBroughtBackByOneCopy() {
    ManifestMessage message = landed.landFiles(TABLE, List.of("5,e", "6,f"));
    Map<String, byte[]> good = new TreeMap<>();
    for (DataFile file : folders.batch(LandedFolder.id(message)).files()) {
      good.put(folder.key(file.key()), bucket.get(folder.key(file.key())).orElseThrow());
      put(file.key(), "changed");
    }
    load(landed.land(TABLE, "9,z"), message);
    good.forEach(bucket::put);
    List<QuarantineEntry> both = quarantine().subList(1, 3);
    int before = warehouse.copies().size();

    repair.retry(both, Replaced.REFUSED, told::add);

    assertThat(told)
        .extracting(QuarantineDecision::outcome)
        .containsExactly(Outcome.LOADED, Outcome.LOADED);
    assertThat(warehouse.copies()).hasSize(before + 1);
    assertThat(warehouse.rows(TABLE)).containsExactlyInAnyOrder("1,a", "9,z", "5,e", "6,f");
    assertThat(quarantine().subList(1, 3))
        .extracting(QuarantineEntry::state)
        .containsOnly(State.RETRIED);
    assertThat(reconcile().isExact()).isTrue();
  }

  @Test
  void changesNothingWhenCopyRefusesAgain() {
    repair.retry(quarantine(), Replaced.REFUSED, told::add);

    assertThat(told.get(0).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(told.get(0).why()).contains("failed").contains("fields (code 1203)");
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
    assertThat(quarantine()).containsExactly(entry);
    assertThat(bucket.objects()).containsKey(note);
    assertThat(reconcile().isExact()).isTrue();
  }

  @Test
  void loadsOnceWhenTwoPeopleRetry() {
    List<QuarantineEntry> seen = quarantine();
    replace("2,b");
    repair.retry(seen, Replaced.ACCEPTED, told::add);

    repair.retry(seen, Replaced.ACCEPTED, told::add);

    assertThat(told.get(1).why()).contains("somebody else has decided");
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b");
    repair.retry(quarantine(), Replaced.ACCEPTED, told::add);
    assertThat(told.get(2).why()).contains(" already");
  }

  @Test
  void loadsOnceWhenTheAnswerOfTheCommitIsLost() {
    replace("2,b");
    warehouse.loseNextCommitAfterItHappened();

    assertThatThrownBy(() -> repair.retry(quarantine(), Replaced.ACCEPTED, told::add))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNKNOWN));
    repair.retry(quarantine(), Replaced.ACCEPTED, told::add);

    assertThat(told).extracting(QuarantineDecision::outcome).containsExactly(Outcome.REFUSED);
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a", "2,b");
  }

  @Test
  void refusesRowsThatWereLeftOutForTheGoodOnesAreLoaded() {
    warehouse.allowErrors(2);
    load(landed.land(TABLE, "5,e", "worse"));
    QuarantineEntry rows = quarantine().get(1);
    assertThat(rows.state()).isEqualTo(State.LEFT_OUT);

    repair.retry(List.of(rows), Replaced.ACCEPTED, told::add);

    assertThat(told.get(0).why()).contains("would load them twice").contains("insert the 1 others");
    assertThat(new QuarantineNotes(folders).linesLeftOut(rows)).containsExactly(1L);
    assertThat(new QuarantineNotes(folders).linesLeftOut(entry)).as("a whole file").isEmpty();
  }

  @Test
  void takesAFileAsAWholeEvenWhereErrorsAreAllowed() {
    replace("2,b", "still bad");
    warehouse.allowErrors(2);

    repair.retry(quarantine(), Replaced.ACCEPTED, told::add);

    assertThat(told.get(0).why()).contains("COPY left 1 rows out");
    assertThat(warehouse.rows(TABLE)).containsExactly("1,a");
  }

  @Test
  void refusesAFileThatIsGone() {
    bucket.delete(folder.key(entry.file()));

    repair.retry(quarantine(), Replaced.REFUSED, told::add);

    assertThat(told.get(0).why()).isEqualTo("S3 has no " + entry.uri() + ": bring it back");
  }

  @Test
  void tellsWhatItWouldDo() {
    repair.wouldRetry(quarantine(), Replaced.REFUSED, told::add);
    discarding().wouldRun(quarantine(), told::add);

    assertThat(told)
        .extracting(QuarantineDecision::outcome)
        .containsExactly(Outcome.WOULD_BE_LOADED, Outcome.WOULD_BE_DISCARDED);
    assertThat(quarantine()).containsExactly(entry);
  }

  @Test
  void keepsWhoGaveAFileUpAndWhy() {
    discarding().run(quarantine(), "ann", "test data", told::add);

    QuarantineEntry after = quarantine().get(0);
    assertThat(after.state()).isEqualTo(State.DISCARDED);
    assertThat(after.rows()).isEqualTo(entry.rows());
    assertThat(after.error().reason())
        .startsWith("discarded by ann at ")
        .contains(": test data; was: fields");
    assertThat(new String(bucket.objects().get(note), StandardCharsets.UTF_8))
        .contains("\"state\" : \"discarded\"")
        .contains("test data");
    Reconciliation proof = reconcile();
    assertThat(proof.isExact()).isTrue();
    assertThat(proof.rowsSetAside()).isEqualTo(1);
    discarding().run(quarantine(), "bob", "again", told::add);
    assertThat(told.get(1).why()).isEqualTo("it is discarded already");
  }

  @Test
  void missesAFileThatIsGoneAfterItWasLoaded() {
    replace("2,b");
    repair.retry(quarantine(), Replaced.ACCEPTED, told::add);
    bucket.delete(folder.key(entry.file()));

    assertThat(reconcile().differences()).containsOnlyKeys(Difference.Kind.MISSING_FILE);
  }

  @Test
  void findsFilesByAddressKeyAndBatch() {
    for (String name :
        List.of(entry.uri(), entry.file(), folder + "#1", folder + "#1/public.things")) {
      QuarantineFilter filter = filter(Optional.empty(), name);
      assertThat(filter.of(warehouse.quarantine())).containsExactly(entry);
      assertThat(filter.unknown(List.of(entry))).isEmpty();
    }
    assertThat(filter(Optional.of(2L)).of(warehouse.quarantine())).isEmpty();
    QuarantineFilter nothing = filter(Optional.empty(), "s3://bucket/x#10");
    assertThat(nothing.of(warehouse.quarantine())).isEmpty();
    assertThat(nothing.unknown(List.of())).containsExactly("s3://bucket/x#10");
  }

  private static QuarantineFilter filter(Optional<Long> manifest, String... names) {
    return new QuarantineFilter(Set.of(TABLE), null, null, manifest, List.of(names));
  }

  private QuarantineDiscard discarding() {
    return new QuarantineDiscard(warehouse, folders, clock);
  }

  private List<QuarantineEntry> quarantine() {
    return warehouse.quarantine().entries(List.of(TABLE), null, null);
  }

  private void replace(String... lines) {
    put(entry.file(), lines);
  }

  private void put(String file, String... lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    bucket.put(folder.key(file), Zstd.compress(text));
  }

  private Reconciliation reconcile() {
    return new Reconciler(
            new BatchFolders(List.of(folder), name -> bucket),
            warehouse.history(),
            Set.of(TABLE),
            new Reconciler.Options(Duration.ZERO, false),
            clock)
        .run(folder, 1, Long.MAX_VALUE, difference -> {});
  }

  private void load(ManifestMessage... messages) {
    new Loader(warehouse, folders, ids, "test:1", clock, 10)
        .load(TABLE, Stream.of(messages).map(LandedFolder::id).toList(), new Silent());
  }

  private static final class Silent implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {
      // The ledger has it.
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      return false;
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      throw reason;
    }
  }
}
