package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import java.time.Instant;
import java.util.Comparator;

/**
 * A batch that waits to be loaded: enough to plan with, without reading S3.
 *
 * <p>Batches of one folder come in the order of their manifests; those of several folders by batch
 * time, so that no folder waits for another one to be finished.
 *
 * @param bytes what its files hold, as they lie in S3
 * @param batchTime the time of its batch interval
 * @param arrivalMin when its earliest record reached the stream
 * @param heldSince when the loader first learned of it
 */
public record PendingBatch(
    BatchId id,
    long rows,
    long bytes,
    int files,
    Instant batchTime,
    Instant arrivalMin,
    Instant heldSince)
    implements Comparable<PendingBatch> {
  private static final Comparator<PendingBatch> ORDER =
      Comparator.comparing(PendingBatch::batchTime)
          .thenComparing(batch -> batch.id().folder().toString())
          .thenComparingLong(batch -> batch.id().manifest())
          .thenComparing(batch -> batch.id().table());

  public PendingBatch {
    requireNonNull(id, "id");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(arrivalMin, "arrivalMin");
    requireNonNull(heldSince, "heldSince");
  }

  /** The batch that a message announces. */
  public static PendingBatch of(ManifestMessage message, Instant heldSince) {
    return new PendingBatch(
        new BatchId(message.batchFolder(), message.manifest(), message.table()),
        message.rows(),
        message.bytes(),
        message.files(),
        message.batchTime(),
        message.arrivalMin(),
        heldSince);
  }

  /** A batch that the manifest log shows. */
  public static PendingBatch of(
      BatchFolder folder, Manifest manifest, Batch batch, Instant heldSince) {
    return of(ManifestMessage.of(folder, manifest, batch), heldSince);
  }

  @Override
  public int compareTo(PendingBatch other) {
    return ORDER.compare(this, other);
  }
}
