package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The SQS message that tells the loader of one batch: enough to plan a load without reading S3.
 *
 * <p>It names no object to load from. The loader finds the files by the manifest's number in a
 * batch folder of its own settings, so that a forged message can load nothing foreign.
 */
public record ManifestMessage(
    BatchFolder batchFolder,
    long manifest,
    TableName table,
    long rows,
    long bytes,
    int files,
    Instant batchTime,
    Instant arrivalMin) {
  public ManifestMessage {
    requireNonNull(batchFolder, "batchFolder");
    requireNonNull(table, "table");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(arrivalMin, "arrivalMin");
    if (manifest < 1 || rows < 1 || bytes < 1 || files < 1) {
      throw new IllegalArgumentException("a message about an empty batch of " + table);
    }
  }

  /** The message about one batch of a manifest. */
  public static ManifestMessage of(BatchFolder folder, Manifest manifest, Batch batch) {
    return new ManifestMessage(
        folder,
        manifest.number(),
        batch.table(),
        batch.rows(),
        batch.bytes(),
        batch.files().size(),
        manifest.batchTime(),
        batch.arrivalMin());
  }
}
