package io.sluice.loader.store;

import io.sluice.common.manifest.BatchFolder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The COPY manifest of one attempt to load. What will most likely be in it can be stored while the
 * warehouse is still asked what is left to load; if it then is another one, that takes its place.
 * For one thread, which never waits for another one to begin.
 */
public final class CopyManifestFile {
  private static final Logger log = LoggerFactory.getLogger(CopyManifestFile.class);

  private final BatchFolders folders;
  private final BatchFolder folder;
  private final String loadId;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<String> stored = new CompletableFuture<>();
  private CopyManifest expected;

  CopyManifestFile(BatchFolders folders, BatchFolder folder, String loadId) {
    this.folders = folders;
    this.folder = folder;
    this.loadId = loadId;
  }

  /** Begins to store what is expected. */
  public void begin(CopyManifest likely) {
    expected = likely;
    folders.inBackground(folder, () -> storeAhead(likely));
  }

  /**
   * Returns the address once the manifest is stored.
   *
   * @throws io.sluice.common.store.ObjectStoreException when S3 does not take it
   */
  public String put(CopyManifest manifest) {
    if (taken.compareAndSet(false, true)) {
      return folders.put(folder, loadId, manifest);
    }
    // It is on its way, and must not replace what is stored after it.
    Optional<String> ahead = awaitStored();
    return ahead.isPresent() && manifest.equals(expected)
        ? ahead.get()
        : folders.put(folder, loadId, manifest);
  }

  private void storeAhead(CopyManifest likely) {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      stored.complete(folders.put(folder, loadId, likely));
    } catch (RuntimeException e) {
      stored.completeExceptionally(e);
    }
  }

  private Optional<String> awaitStored() {
    try {
      return Optional.of(stored.join());
    } catch (CompletionException e) {
      log.debug("the COPY manifest of {} could not be put ahead", loadId, e);
      return Optional.empty();
    }
  }
}
