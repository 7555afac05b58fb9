package io.sluice.writer.announce;

import io.sluice.common.manifest.Manifest;

/** Tells the loader of committed batches. */
public interface Announcer {
  /**
   * Sends a message for each batch of a manifest that is in the log. A failure is logged, not
   * thrown: the batch is committed, its message is sent again at the next start, and the loader
   * finds it in the log by itself.
   *
   * @return whether every message was taken
   */
  boolean announce(Manifest manifest);
}
