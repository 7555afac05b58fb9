package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.SourceProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commits of one writer as they come; the manifest log is read on from where it was left. */
final class CommitLog {
  private final ManifestLog log;
  private final List<Manifest> batches = new ArrayList<>();
  private long next = 1;
  private long records;
  private long rejects;

  CommitLog(ManifestLog log) {
    this.log = log;
  }

  /** Reads what has been committed since; returns how many records have been committed at all. */
  long records() {
    Optional<Manifest> manifest = log.read(next);
    while (manifest.isPresent()) {
      long taken = records(manifest.get());
      if (taken > 0) {
        batches.add(manifest.get());
      }
      records += taken;
      rejects += manifest.get().rejects().records();
      next++;
      manifest = log.read(next);
    }
    return records;
  }

  /** Whether a writer has begun: its takeover stands in the log. */
  boolean hasBegun() {
    records();
    return next > 1;
  }

  /** The manifests that have records, in their order, as far as they have been read. */
  List<Manifest> batches() {
    return List.copyOf(batches);
  }

  /** The records that were refused, as far as the log has been read. */
  long rejects() {
    return rejects;
  }

  /** The records that an interval took. */
  static long records(Manifest manifest) {
    return manifest.sources().stream().mapToLong(SourceProgress::records).sum();
  }
}
