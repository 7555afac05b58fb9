package io.sluice.writer;

import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.store.ObjectStoreException;

/**
 * A batch interval that failed after its tasks were tried again: nothing of it is real, and nothing
 * was lost.
 */
final class IntervalFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private IntervalFailedException(Throwable cause) {
    super(cause);
  }

  /**
   * What ended the stream, in the form that decides the exit code: Spark wraps what its jobs throw.
   */
  static RuntimeException unwrap(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedException
          || cause instanceof ObjectStoreException
          || cause instanceof ConfigException) {
        return (RuntimeException) cause;
      }
    }
    return new IntervalFailedException(thrown);
  }
}
