package io.sluice.loader.load;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.LedgerRow;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

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
   * @throws LoadException when they are not loaded, or, of kind UNKNOWN, may be
   */
  LoadOutcome run(TableName table, List<SourceBatch> batches) {
    String loadId = ids.next();
    Instant begun = clock.instant();
    requireNotAbandoned();
    try (LoadTransaction transaction = warehouse.begin(table)) {
      running.set(transaction);
      requireNotAbandoned();
      return run(transaction, new Attempt(loadId, table, begun), batches);
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

  private LoadOutcome run(LoadTransaction transaction, Attempt attempt, List<SourceBatch> batches) {
    Set<BatchId> known = transaction.loaded(batches.stream().map(SourceBatch::id).toList());
    List<SourceBatch> fresh = batches.stream().filter(b -> !known.contains(b.id())).toList();
    LoadTimes times = LoadTimes.withoutCopy(attempt.begun());
    if (!fresh.isEmpty()) {
      Duration copy = copy(transaction, attempt, fresh);
      times = times.copied(copy, clock.instant(), fresh);
      transaction.record(fresh.stream().map(batch -> ledgerRow(attempt, batch)).toList());
      transaction.commit();
    }
    return outcome(attempt, fresh, List.copyOf(known), times);
  }

  /**
   * The count is what tells a file that was changed, cut or loaded by half from a good one. Returns
   * how long COPY took.
   */
  private Duration copy(LoadTransaction transaction, Attempt attempt, List<SourceBatch> batches) {
    SourceBatch first = batches.get(0);
    BatchFolder folder = first.id().folder();
    String uri = folders.put(folder, attempt.loadId(), CopyManifest.of(batches));
    Instant begun = clock.instant();
    long copied =
        transaction.copy(new CopyRequest(uri, first.batch().columns(), first.batch().format()));
    Duration taken = Duration.between(begun, clock.instant());
    long promised = SourceBatch.rows(batches);
    if (copied != promised) {
      throw LoadException.badData(
          "load %s: COPY took %d rows from %s and the manifests promise %d: rolled back"
              .formatted(attempt.loadId(), copied, uri, promised),
          "find out who changed the data files, and bring them back as the writer left them");
    }
    return taken;
  }

  private LedgerRow ledgerRow(Attempt attempt, SourceBatch batch) {
    return new LedgerRow(
        batch.id(),
        attempt.loadId(),
        batch.rows(),
        batch.bytes(),
        batch.files().size(),
        batch.batchTime(),
        batch.batch().arrivalMin(),
        batch.batch().arrivalMax(),
        clock.instant(),
        loaderId);
  }

  private LoadOutcome outcome(
      Attempt attempt, List<SourceBatch> fresh, List<BatchId> known, LoadTimes times) {
    Instant now = clock.instant();
    return new LoadOutcome(
        attempt.loadId(),
        attempt.table(),
        fresh.stream().map(SourceBatch::id).toList(),
        known,
        fresh.stream().mapToInt(batch -> batch.files().size()).sum(),
        SourceBatch.rows(fresh),
        fresh.stream().mapToLong(SourceBatch::bytes).sum(),
        Duration.between(attempt.begun(), now),
        fresh.stream()
            .map(batch -> batch.batch().arrivalMin())
            .min(Instant::compareTo)
            .orElse(null),
        now,
        times);
  }

  private void requireNotAbandoned() {
    if (abandoned) {
      throw LoadException.abandoned();
    }
  }

  private record Attempt(String loadId, TableName table, Instant begun) {}
}
