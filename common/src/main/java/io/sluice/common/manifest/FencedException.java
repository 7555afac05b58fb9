package io.sluice.common.manifest;

/**
 * Another writer has taken the batch folder over. Nothing of the refused manifest is real, and this
 * writer must stop: its marks are no longer the truth.
 */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FencedException(BatchFolder folder, long number, WriterRun winner) {
    super(
        "manifest %d of %s was written by another writer (%s, attempt %s): this writer is fenced and stops"
            .formatted(number, folder, winner.writerId(), winner.attempt()));
  }
}
