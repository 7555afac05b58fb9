package io.sluice.loader.operate.adoption;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.loader.operate.LogReader;
import java.time.Instant;

/**
 * The times of the intervals that are adopted already: asked in their order, read in their order.
 * One thread.
 */
final class AdoptedTimes {
  private final BatchFolder folder;
  private final LogReader log;
  private Instant next;

  AdoptedTimes(BatchFolder folder, LogReader log) {
    this.folder = folder;
    this.log = log;
    advance();
  }

  /** Whether this interval is adopted; times before it are not asked for any more. */
  boolean has(Instant time) {
    while (next != null && next.isBefore(time)) {
      advance();
    }
    return time.equals(next);
  }

  /** Whether a later interval is adopted. */
  boolean isPast(Instant time) {
    return next != null && next.isAfter(time);
  }

  private void advance() {
    next = null;
    while (next == null && log.hasNext()) {
      Manifest manifest = own(log.next());
      next = manifest.kind() == Manifest.Kind.BATCH ? manifest.batchTime() : null;
    }
  }

  private Manifest own(LogReader.Entry entry) {
    Manifest manifest =
        entry
            .manifest()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "manifest %d of %s cannot be read: %s"
                            .formatted(entry.number(), folder, entry.problem())));
    if (!manifest.writer().application().equals(Adoption.APPLICATION)) {
      throw new IllegalArgumentException(
          "%s is the folder of the writer %s (manifest %d): its files are in its own log already"
              .formatted(folder, manifest.writer().application(), entry.number()));
    }
    return manifest;
  }
}
