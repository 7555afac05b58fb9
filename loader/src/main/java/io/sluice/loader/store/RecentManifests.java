package io.sluice.loader.store;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The manifests of one log that were read last, for the tables of one interval share theirs. Who
 * asks for one that is just being read waits for it, instead of asking S3 again. Safe for use by
 * several threads.
 */
final class RecentManifests {
  private static final int REMEMBERED = 256;

  private final ManifestLog log;
  private final Map<Long, CompletableFuture<Optional<Manifest>>> reads = new Recent();

  RecentManifests(ManifestLog log) {
    this.log = log;
  }

  /** Whether a manifest has been read lately, or is being read. */
  boolean has(long number) {
    synchronized (reads) {
      return reads.containsKey(number);
    }
  }

  /** A manifest, or empty when the log has not come so far. */
  Optional<Manifest> get(long number) {
    CompletableFuture<Optional<Manifest>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Manifest>> others;
    synchronized (reads) {
      others = reads.putIfAbsent(number, mine);
    }
    if (others == null) {
      return read(number, mine);
    }
    // It may have been asked for before it was written, and its failure is not ours.
    Optional<Manifest> found = others.join();
    return found.isPresent() ? found : log.read(number);
  }

  /** Only what was found is remembered. */
  private Optional<Manifest> read(long number, CompletableFuture<Optional<Manifest>> mine) {
    Optional<Manifest> found = Optional.empty();
    try {
      found = log.read(number);
      return found;
    } finally {
      if (found.isEmpty()) {
        synchronized (reads) {
          reads.remove(number, mine);
        }
      }
      mine.complete(found);
    }
  }

  private static final class Recent
      extends LinkedHashMap<Long, CompletableFuture<Optional<Manifest>>> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(
        Map.Entry<Long, CompletableFuture<Optional<Manifest>>> eldest) {
      return size() > REMEMBERED;
    }
  }
}
