/**
 * The contract between writer and loader: what a batch interval landed, where it lies, and in which
 * order it was committed.
 *
 * <p>The writer appends a {@link io.sluice.common.manifest.Manifest} to the {@link
 * io.sluice.common.manifest.ManifestLog} and announces each of its batches by a {@link
 * io.sluice.common.manifest.ManifestMessage}; the loader reads both. Nothing else passes between
 * the two processes.
 */
package io.sluice.common.manifest;
