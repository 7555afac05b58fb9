package io.sluice.loader.intake;

import io.sluice.common.manifest.ManifestMessage;
import java.util.Collection;

/**
 * Sends manifest messages, as the writer does. A message too many is harmless: the ledger knows its
 * batch.
 *
 * <p>Safe for use by several threads.
 */
public interface Announcer {
  /**
   * Sends these.
   *
   * @throws InboxException when not all of them were sent
   */
  void announce(Collection<ManifestMessage> messages);
}
