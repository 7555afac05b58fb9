package io.sluice.loader.intake;

import io.sluice.common.manifest.BatchFolder;

/**
 * What a manifest log has that is not known to be loaded, as the last comparison found it.
 *
 * @param missing batches that the ledger did not have; they are held in the backlogs, or wait for
 *     room there
 * @param unread manifests behind those that were compared, for there are too many missing batches
 * @param unreadable manifests that could not be read
 */
public record LogBacklog(BatchFolder folder, int missing, long unread, int unreadable) {}
