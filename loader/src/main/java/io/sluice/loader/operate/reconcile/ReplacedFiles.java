package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.loader.warehouse.LedgerEntry;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a manifest that somebody has replaced while they were in quarantine: what they
 * promise is what the ledger took them for, rows and bytes, for a manifest is never changed.
 */
record ReplacedFiles(Map<String, LedgerEntry> byKey) {
  static ReplacedFiles of(List<LedgerEntry> entries) {
    return new ReplacedFiles(
        entries.stream()
            .filter(entry -> entry.state() == State.REPLACED)
            .collect(
                Collectors.toMap(
                    entry -> entry.file().orElseThrow(), entry -> entry, (one, other) -> one)));
  }

  /** The batch with these files as they are now. */
  Batch in(Batch batch) {
    return byKey.isEmpty()
        ? batch
        : new Batch(
            batch.table(),
            batch.columns(),
            batch.format(),
            batch.files().stream().map(this::in).toList(),
            batch.arrivalMin(),
            batch.arrivalMax());
  }

  /** The file as it is now. */
  DataFile in(DataFile file) {
    LedgerEntry entry = byKey.get(file.key());
    return entry == null
        ? file
        : new DataFile(
            file.key(), entry.rows(), entry.bytes(), file.uncompressedBytes(), file.checksum());
  }
}
