package io.sluice.loader.operate.adoption;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import java.util.Optional;

/** Counts while a folder is adopted. One thread. */
final class AdoptionCount {
  private long adopted;
  private long known;
  private long incomplete;
  private long late;
  private long files;
  private long rows;
  private long bytes;

  void known() {
    known++;
  }

  void incomplete() {
    incomplete++;
  }

  void late() {
    late++;
  }

  /** {@code manifest} is empty when none was written. */
  void adopted(IntervalFolder interval, Optional<Manifest> manifest) {
    adopted++;
    if (manifest.isEmpty()) {
      files += interval.files().size();
      bytes += interval.bytes();
      return;
    }
    for (Batch batch : manifest.get().batches()) {
      files += batch.files().size();
      rows += batch.rows();
      bytes += batch.bytes();
    }
  }

  AdoptionResult result() {
    return new AdoptionResult(adopted, known, incomplete, late, files, rows, bytes);
  }
}
