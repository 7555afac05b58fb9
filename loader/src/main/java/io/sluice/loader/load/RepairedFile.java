package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.QuarantineEntry;

/**
 * A file in quarantine as it is now, to be loaded again.
 *
 * @param entry what the ledger has of it
 * @param batch whose file it is
 * @param file as the manifest promises it
 * @param bytes its size in S3 now
 */
public record RepairedFile(QuarantineEntry entry, SourceBatch batch, DataFile file, long bytes) {
  public RepairedFile {
    requireNonNull(entry, "entry");
    requireNonNull(batch, "batch");
    requireNonNull(file, "file");
  }

  /**
   * Looks the file up in the manifest log and in S3.
   *
   * @throws ContractException when the log or S3 has it not; its message says what to do
   * @throws ObjectStoreException when S3 does not answer
   */
  public static RepairedFile of(QuarantineEntry entry, BatchFolders folders) {
    if (!folders.all().contains(entry.batch().folder())) {
      throw new ContractException(
          entry.batch().folder() + " is none of the batch folders of the settings: add it");
    }
    SourceBatch batch = folders.batch(entry.batch());
    DataFile file =
        batch.files().stream()
            .filter(named -> named.key().equals(entry.file()))
            .findFirst()
            .orElseThrow(
                () -> new ContractException(batch.id() + " has no file " + entry.file() + " now"));
    long bytes =
        folders
            .size(entry.batch().folder(), entry.file())
            .orElseThrow(
                () -> new ContractException("S3 has no " + entry.uri() + ": bring it back"));
    return new RepairedFile(entry, batch, file, bytes);
  }

  /** Whether it has another size than the manifest promises. */
  public boolean isResized() {
    return bytes != file.bytes();
  }
}
