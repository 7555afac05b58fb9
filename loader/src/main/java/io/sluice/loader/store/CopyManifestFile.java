package io.sluice.loader.store;

import io.sluice.common.manifest.BatchFolder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The COPY manifest of one attempt to load. What will most likely be in it can be stored while the
 * warehouse is still asked what is left to load; if it then is another one, that takes its place.
 * For one thread.
 */
public final class CopyManifestFile {
  private static final Logger log = LoggerFactory.getLogger(CopyManifestFile.class);

  private final BatchFolders folders;
  private final BatchFolder folder;
  private final String loadId;
  private CopyManifest expected;
  private CompletableFuture<String> begun;

  CopyManifestFile(BatchFolders folders, BatchFolder folder, String loadId) {
    this.folders = folders;
    this.folder = folder;
    this.loadId = loadId;
  }

  /** Begins to store what is expected. */
  public void begin(CopyManifest likely) {
    expected = likely;
    begun = folders.putAhead(folder, loadId, likely);
  }

  /**
   * Returns the address once the manifest is stored.
   *
   * @throws io.sluice.common.store.ObjectStoreException when S3 does not take it
   */
  public String put(CopyManifest manifest) {
    if (begun != null && isStored() && manifest.equals(expected)) {
      return begun.join();
    }
    return folders.put(folder, loadId, manifest);
  }

  /** Waits in any case: what is still on its way must not replace what is stored after it. */
  private boolean isStored() {
    try {
      begun.join();
      return true;
    } catch (CompletionException e) {
      log.debug("the COPY manifest of {} could not be put ahead", loadId, e);
      return false;
    }
  }
}
