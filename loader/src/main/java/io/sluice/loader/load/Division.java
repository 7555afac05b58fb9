package io.sluice.loader.load;

import io.sluice.common.manifest.DataFile;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a load's batches is in the table, and what is set aside. Both together are what the
 * manifests promise, to the row.
 */
record Division(List<SourceBatch> batches, List<QuarantinedFile> setAside) {
  Division {
    batches = List.copyOf(batches);
    setAside = List.copyOf(setAside);
  }

  /** What is set aside of a batch. */
  List<QuarantinedFile> setAside(BatchId batch) {
    return setAside.stream().filter(file -> file.batch().equals(batch)).toList();
  }

  /** The files of a batch that are loaded, if need be without some rows. */
  List<DataFile> files(SourceBatch batch) {
    return batch.files().stream()
        .filter(file -> extent(batch, file).filter(Extent::isWhole).isEmpty())
        .toList();
  }

  long rows(SourceBatch batch) {
    long promised = batch.files().stream().mapToLong(DataFile::rows).sum();
    return promised - setAside(batch.id()).stream().mapToLong(QuarantinedFile::rowCount).sum();
  }

  long bytes(SourceBatch batch) {
    return files(batch).stream().mapToLong(DataFile::bytes).sum();
  }

  /** Of each batch its row, and those of its files of which something is set aside. */
  List<LedgerRow> ledgerRows(String loadId, Instant loadedAt, String loaderId) {
    return batches.stream()
        .flatMap(batch -> ledgerRows(batch, ledgerRow(batch, loadId, loadedAt, loaderId)))
        .toList();
  }

  private Stream<LedgerRow> ledgerRows(SourceBatch batch, LedgerRow loaded) {
    return Stream.concat(
        Stream.of(loaded), setAside(batch.id()).stream().map(file -> file.ledgerRow(loaded)));
  }

  private LedgerRow ledgerRow(SourceBatch batch, String loadId, Instant loadedAt, String loaderId) {
    return new LedgerRow(
        batch.id(),
        loadId,
        rows(batch),
        bytes(batch),
        files(batch).size(),
        batch.batchTime(),
        batch.batch().arrivalMin(),
        batch.batch().arrivalMax(),
        loadedAt,
        loaderId,
        Optional.empty());
  }

  private Optional<Extent> extent(SourceBatch batch, DataFile file) {
    return setAside(batch.id()).stream()
        .filter(aside -> aside.file().equals(file))
        .map(QuarantinedFile::extent)
        .findFirst();
  }
}
