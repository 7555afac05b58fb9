package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.loader.intake.Announcer;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.store.BatchFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Mends what a comparison found, as far as that is safe: each batch that is not loaded is announced
 * again by a manifest message. A message too many is harmless. All else is left to people. One
 * thread.
 */
public final class Repair {
  /** What SQS takes by one request. */
  private static final int AT_ONCE = 10;

  private final BatchFolders folders;
  private final Announcer announcer;
  private final Consumer<ManifestMessage> told;
  private final List<ManifestMessage> waiting = new ArrayList<>();
  private long announced;

  /** {@code told} hears of each message behind its sending. */
  public Repair(BatchFolders folders, Announcer announcer, Consumer<ManifestMessage> told) {
    this.folders = folders;
    this.announcer = announcer;
    this.told = told;
  }

  /** Mends a difference, or leaves it. */
  public void mend(BatchFolder folder, Difference difference) {
    if (difference.kind() != Kind.NOT_LOADED) {
      return;
    }
    Manifest manifest = folders.manifest(folder, difference.manifest().orElseThrow()).orElseThrow();
    waiting.add(
        ManifestMessage.of(
            folder, manifest, manifest.batch(difference.table().orElseThrow()).orElseThrow()));
    if (waiting.size() == AT_ONCE) {
      send();
    }
  }

  /**
   * Ends it.
   *
   * @return how many batches were announced
   */
  public long finish() {
    send();
    return announced;
  }

  private void send() {
    if (waiting.isEmpty()) {
      return;
    }
    announcer.announce(waiting);
    announced += waiting.size();
    waiting.forEach(told);
    waiting.clear();
  }
}
