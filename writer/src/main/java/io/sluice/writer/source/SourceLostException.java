package io.sluice.writer.source;

/**
 * The source cannot vouch any more for being complete: the run has to end, and the next one starts
 * from the log. Nothing was lost.
 */
public final class SourceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceLostException(String message) {
    super(message);
  }
}
