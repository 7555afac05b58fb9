package io.sluice.loader.operate.backfill;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.store.BatchFolders;

/**
 * What is to be backfilled of one folder.
 *
 * @param manifests as far as the log has come: its end is known
 */
public record BackfillRange(BatchFolder folder, LogRange manifests) {
  public BackfillRange {
    requireNonNull(folder, "folder");
    requireNonNull(manifests, "manifests");
  }

  /** This part of a log, up to what it has now. */
  public static BackfillRange of(BatchFolders folders, BatchFolder folder, LogRange manifests) {
    LogRange written = new LogRange(1, folders.lastListed(folder));
    return new BackfillRange(folder, manifests.and(written));
  }

  /** How many numbers it has. */
  long size() {
    return manifests.isEmpty() ? 0 : manifests.last() - manifests.first() + 1;
  }

  boolean contains(BatchFolder other, long manifest) {
    return folder.equals(other) && manifests.first() <= manifest && manifest <= manifests.last();
  }

  @Override
  public String toString() {
    return "%s, manifests %d..%d".formatted(folder, manifests.first(), manifests.last());
  }
}
