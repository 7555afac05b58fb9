package io.sluice.loader.load;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.CopyManifestFile;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The load transaction: lock, ledger, COPY, count, ledger rows, commit.
 *
 * <p>The lock comes first, so that the ledger that is read behind it is decisive: what it shows is
 * loaded, what it does not show is not, and nobody else is loading the table. That holds after a
 * commit of unknown fate too, which is therefore resolved by nothing but running this again.
 *
 * <p>One thread runs it; {@link #abandon} comes from another one.
 */
final class LoadTransactions {
  private final Warehouse warehouse;
  private final BatchFolders folders;
  private final LoadIds ids;
  private final String loaderId;
  private final InstantSource clock;
  private final InDoubt inDoubt = new InDoubt();
  private final AtomicReference<LoadTransaction> running = new AtomicReference<>();
  private volatile boolean abandoned;

  /** Whether the last load was committed, so that the next one most likely will be. */
  private boolean goesWell;

  LoadTransactions(
      Warehouse warehouse,
      BatchFolders folders,
      LoadIds ids,
      String loaderId,
      InstantSource clock) {
    this.warehouse = warehouse;
    this.folders = folders;
    this.ids = ids;
    this.loaderId = loaderId;
    this.clock = clock;
  }

  /**
   * Loads batches of one table, alike in columns and format, by one COPY.
   *
   * @param bad files that are left out and go to quarantine
   * @return what became of these batches, after that of earlier loads of which it was in doubt
   * @throws LoadException when they are not loaded, or, of kind UNKNOWN, may be
   */
  List<LoadOutcome> run(TableName table, List<SourceBatch> batches, BadFiles bad) {
    Attempt attempt = attempt(table, batches);
    if (goesWell) {
      attempt.manifest().begin(CopyManifest.of(batches, uri -> !bad.contains(uri)));
    }
    return inTransaction(
        attempt, ids(batches), transaction -> run(transaction, attempt, batches, bad));
  }

  /**
   * Takes out what these loads brought and loads their batches again, in one transaction.
   *
   * @param bad files that are left out and go to quarantine
   * @return what became of these batches, after that of earlier loads of which it was in doubt
   * @throws LoadException when all is as it was, or, of kind UNKNOWN, may be
   */
  List<LoadOutcome> replace(OldLoads old, BadFiles bad) {
    Attempt attempt = attempt(old.table(), old.batches());
    return inTransaction(
        attempt, ids(old.batches()), transaction -> replace(transaction, attempt, old, bad));
  }

  /**
   * Copies these files of a batch and rolls back.
   *
   * @throws LoadException of kind BAD_DATA when one of them is bad
   */
  void tryOut(TableName table, SourceBatch batch, Set<String> uris) {
    Attempt attempt = attempt(table, List.of(batch));
    inTransaction(
        attempt,
        Set.of(),
        transaction -> copy(transaction, attempt, List.of(batch), uris::contains));
  }

  private Attempt attempt(TableName table, List<SourceBatch> batches) {
    requireNotAbandoned();
    String loadId = ids.next();
    BatchFolder folder = batches.get(0).id().folder();
    return new Attempt(loadId, table, clock.instant(), folders.copyManifest(folder, loadId));
  }

  private static Set<BatchId> ids(List<SourceBatch> batches) {
    return batches.stream().map(SourceBatch::id).collect(Collectors.toSet());
  }

  private <T> T inTransaction(
      Attempt attempt, Set<BatchId> batches, Function<LoadTransaction, T> body) {
    goesWell = false;
    try (LoadTransaction transaction = warehouse.begin(attempt.table(), batches)) {
      running.set(transaction);
      requireNotAbandoned();
      return body.apply(transaction);
    } catch (WarehouseException e) {
      throw LoadException.of(attempt.loadId(), e);
    } catch (ObjectStoreException e) {
      throw LoadException.of(attempt.loadId(), e);
    } finally {
      running.set(null);
    }
  }

  /** Breaks off the load in hand, unless its commit is on its way, and refuses further ones. */
  void abandon() {
    abandoned = true;
    LoadTransaction transaction = running.get();
    if (transaction != null) {
      transaction.cancel();
    }
  }

  private List<LoadOutcome> run(
      LoadTransaction transaction, Attempt attempt, List<SourceBatch> batches, BadFiles bad) {
    Map<BatchId, String> loads = transaction.loaded();
    List<LoadOutcome> outcomes = new ArrayList<>(inDoubt.resolve(ids(batches), loads));
    Set<BatchId> known = new LinkedHashSet<>(loads.keySet());
    outcomes.forEach(outcome -> known.removeAll(outcome.loaded()));
    List<SourceBatch> fresh = batches.stream().filter(b -> !loads.containsKey(b.id())).toList();
    if (fresh.isEmpty() && known.isEmpty()) {
      return outcomes;
    }
    if (fresh.isEmpty()) {
      LoadTimes times = LoadTimes.withoutCopy(attempt.begun());
      outcomes.add(outcome(attempt, new Division(fresh, List.of()), known, times));
    } else {
      outcomes.add(load(transaction, attempt, fresh, known, bad, leftOut -> {}));
    }
    return outcomes;
  }

  private List<LoadOutcome> replace(
      LoadTransaction transaction, Attempt attempt, OldLoads old, BadFiles bad) {
    Map<BatchId, String> loads = transaction.loaded();
    List<LoadOutcome> happened = inDoubt.resolve(ids(old.batches()), loads);
    if (!happened.isEmpty()) {
      return happened;
    }
    if (!old.loadIds().containsAll(loads.values())) {
      throw LoadException.changedMeanwhile(attempt.loadId(), old.table());
    }
    transaction.undo(old.loadIds(), old.missing());
    return List.of(
        load(
            transaction,
            attempt,
            old.batches(),
            Set.of(),
            bad,
            leftOut -> old.requireNoMoreLeftOut(attempt.loadId(), leftOut)));
  }

  private LoadOutcome load(
      LoadTransaction transaction,
      Attempt attempt,
      List<SourceBatch> fresh,
      Set<BatchId> known,
      BadFiles bad,
      Consumer<List<QuarantinedFile>> leftOutCheck) {
    LoadTimes times = LoadTimes.withoutCopy(attempt.begun());
    List<QuarantinedFile> setAside = new ArrayList<>();
    fresh.forEach(batch -> setAside.addAll(bad.of(batch)));
    if (!bad.left(fresh).isEmpty()) {
      Copied copied = copy(transaction, attempt, fresh, uri -> !bad.contains(uri));
      leftOutCheck.accept(copied.leftOut());
      setAside.addAll(copied.leftOut());
      times = times.copied(copied.duration(), clock.instant(), fresh);
    }
    Division division = new Division(fresh, setAside);
    transaction.record(division.ledgerRows(attempt.loadId(), clock.instant(), loaderId));
    try {
      transaction.commit();
    } catch (WarehouseException e) {
      if (e.kind() == FailureKind.UNKNOWN) {
        inDoubt.add(outcome(attempt, division, known, times));
      }
      throw e;
    }
    goesWell = true;
    return outcome(attempt, division, known, times);
  }

  /**
   * Copies, and counts: that is what tells a file that was changed, cut or loaded by half from a
   * good one. The time is that of COPY, and with an upsert of what follows it.
   */
  private Copied copy(
      LoadTransaction transaction,
      Attempt attempt,
      List<SourceBatch> batches,
      Predicate<String> wanted) {
    SourceBatch first = batches.get(0);
    String uri = attempt.manifest().put(CopyManifest.of(batches, wanted));
    Instant begun = clock.instant();
    long copied =
        transaction.copy(new CopyRequest(uri, first.batch().columns(), first.batch().format()));
    long promised = batches.stream().mapToLong(batch -> rows(batch, wanted)).sum();
    List<QuarantinedFile> leftOut =
        copied < promised ? BadFiles.leftOut(batches, transaction.leftOut()) : List.of();
    if (copied + leftOut.stream().mapToLong(QuarantinedFile::rowCount).sum() != promised) {
      throw LoadException.badData(
          "load %s: COPY took %d rows from %s and the manifests promise %d: rolled back"
              .formatted(attempt.loadId(), copied, uri, promised),
          "find out who changed the data files, and bring them back as the writer left them");
    }
    transaction.merge(attempt.loadId());
    return new Copied(Duration.between(begun, clock.instant()), leftOut);
  }

  private LoadOutcome outcome(
      Attempt attempt, Division division, Collection<BatchId> known, LoadTimes times) {
    Instant now = clock.instant();
    List<SourceBatch> loaded = division.batches();
    return new LoadOutcome(
        attempt.loadId(),
        attempt.table(),
        loaded.stream().map(SourceBatch::id).toList(),
        List.copyOf(known),
        division.setAside().stream().filter(file -> file.extent() != Extent.GIVEN_UP).toList(),
        loaded.stream().mapToInt(batch -> division.files(batch).size()).sum(),
        loaded.stream().mapToLong(division::rows).sum(),
        loaded.stream().mapToLong(division::bytes).sum(),
        Duration.between(attempt.begun(), now),
        loaded.stream()
            .map(batch -> batch.batch().arrivalMin())
            .min(Instant::compareTo)
            .orElse(null),
        now,
        times);
  }

  private static long rows(SourceBatch batch, Predicate<String> wanted) {
    return batch.files().stream()
        .filter(file -> wanted.test(batch.uri(file)))
        .mapToLong(DataFile::rows)
        .sum();
  }

  private void requireNotAbandoned() {
    if (abandoned) {
      throw LoadException.abandoned();
    }
  }

  private record Copied(Duration duration, List<QuarantinedFile> leftOut) {}

  private record Attempt(
      String loadId, TableName table, Instant begun, CopyManifestFile manifest) {}
}
