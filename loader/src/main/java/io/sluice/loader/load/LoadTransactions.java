package io.sluice.loader.load;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.BadFile;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.LedgerRow;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;

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
  private final AtomicReference<LoadTransaction> running = new AtomicReference<>();
  private volatile boolean abandoned;

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
   * @throws LoadException when they are not loaded, or, of kind UNKNOWN, may be
   */
  LoadOutcome run(TableName table, List<SourceBatch> batches, BadFiles bad) {
    return inTransaction(table, (transaction, attempt) -> run(transaction, attempt, batches, bad));
  }

  /**
   * Copies these files of a batch and rolls back.
   *
   * @throws LoadException of kind BAD_DATA when one of them is bad
   */
  void tryOut(TableName table, SourceBatch batch, Set<String> uris) {
    inTransaction(
        table,
        (transaction, attempt) -> {
          copy(transaction, attempt, List.of(batch), uris::contains);
          return attempt;
        });
  }

  private <T> T inTransaction(TableName table, BiFunction<LoadTransaction, Attempt, T> body) {
    String loadId = ids.next();
    Instant begun = clock.instant();
    requireNotAbandoned();
    try (LoadTransaction transaction = warehouse.begin(table)) {
      running.set(transaction);
      requireNotAbandoned();
      return body.apply(transaction, new Attempt(loadId, table, begun));
    } catch (WarehouseException e) {
      throw LoadException.of(loadId, e);
    } catch (ObjectStoreException e) {
      throw LoadException.of(loadId, e);
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

  private LoadOutcome run(
      LoadTransaction transaction, Attempt attempt, List<SourceBatch> batches, BadFiles bad) {
    Set<BatchId> known = transaction.loaded(batches.stream().map(SourceBatch::id).toList());
    List<SourceBatch> fresh = batches.stream().filter(b -> !known.contains(b.id())).toList();
    LoadTimes times = LoadTimes.withoutCopy(attempt.begun());
    if (!fresh.isEmpty()) {
      if (!bad.left(fresh).isEmpty()) {
        Duration copy = copy(transaction, attempt, fresh, uri -> !bad.contains(uri));
        times = times.copied(copy, clock.instant(), fresh);
      }
      transaction.record(ledgerRows(attempt, fresh, bad));
      transaction.commit();
    }
    return outcome(attempt, fresh, List.copyOf(known), bad, times);
  }

  /**
   * The count is what tells a file that was changed, cut or loaded by half from a good one. Returns
   * how long COPY took, and with an upsert what follows it.
   */
  private Duration copy(
      LoadTransaction transaction,
      Attempt attempt,
      List<SourceBatch> batches,
      Predicate<String> wanted) {
    SourceBatch first = batches.get(0);
    BatchFolder folder = first.id().folder();
    String uri = folders.put(folder, attempt.loadId(), CopyManifest.of(batches, wanted));
    Instant begun = clock.instant();
    long copied =
        transaction.copy(new CopyRequest(uri, first.batch().columns(), first.batch().format()));
    long promised = batches.stream().mapToLong(batch -> rows(files(batch, wanted))).sum();
    if (copied != promised) {
      throw LoadException.badData(
          "load %s: COPY took %d rows from %s and the manifests promise %d: rolled back"
              .formatted(attempt.loadId(), copied, uri, promised),
          "find out who changed the data files, and bring them back as the writer left them");
    }
    transaction.merge();
    return Duration.between(begun, clock.instant());
  }

  private List<LedgerRow> ledgerRows(Attempt attempt, List<SourceBatch> batches, BadFiles bad) {
    List<LedgerRow> rows = new ArrayList<>();
    for (SourceBatch batch : batches) {
      rows.add(
          ledgerRow(attempt, batch, files(batch, uri -> !bad.contains(uri)), Optional.empty()));
      for (QuarantinedFile file : quarantined(batch, bad)) {
        BadFile reason = new BadFile(file.file().key(), file.error());
        rows.add(ledgerRow(attempt, batch, List.of(file.file()), Optional.of(reason)));
      }
    }
    return rows;
  }

  private LedgerRow ledgerRow(
      Attempt attempt, SourceBatch batch, List<DataFile> files, Optional<BadFile> quarantined) {
    return new LedgerRow(
        batch.id(),
        attempt.loadId(),
        rows(files),
        bytes(files),
        files.size(),
        batch.batchTime(),
        batch.batch().arrivalMin(),
        batch.batch().arrivalMax(),
        clock.instant(),
        loaderId,
        quarantined);
  }

  private LoadOutcome outcome(
      Attempt attempt,
      List<SourceBatch> fresh,
      List<BatchId> known,
      BadFiles bad,
      LoadTimes times) {
    Instant now = clock.instant();
    List<DataFile> loaded =
        fresh.stream().flatMap(batch -> files(batch, uri -> !bad.contains(uri)).stream()).toList();
    return new LoadOutcome(
        attempt.loadId(),
        attempt.table(),
        fresh.stream().map(SourceBatch::id).toList(),
        known,
        fresh.stream().flatMap(batch -> quarantined(batch, bad).stream()).toList(),
        loaded.size(),
        rows(loaded),
        bytes(loaded),
        Duration.between(attempt.begun(), now),
        fresh.stream()
            .map(batch -> batch.batch().arrivalMin())
            .min(Instant::compareTo)
            .orElse(null),
        now,
        times);
  }

  private static List<DataFile> files(SourceBatch batch, Predicate<String> wanted) {
    return batch.files().stream().filter(file -> wanted.test(batch.uri(file))).toList();
  }

  private static List<QuarantinedFile> quarantined(SourceBatch batch, BadFiles bad) {
    return files(batch, bad::contains).stream()
        .map(file -> new QuarantinedFile(batch.id(), file, bad.error(batch.uri(file))))
        .toList();
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  private void requireNotAbandoned() {
    if (abandoned) {
      throw LoadException.abandoned();
    }
  }

  private record Attempt(String loadId, TableName table, Instant begun) {}
}
