package io.sluice.loader.intake;

/**
 * A request to the queue that failed. Whatever it was, the messages are still there or come again.
 */
public final class InboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may do. */
  public enum Kind {
    /** It passes by itself: ask again later. */
    TRANSIENT,
    /** Someone must repair the set-up first: queue, region, permission or credentials. */
    MISCONFIGURED
  }

  private final Kind kind;

  public InboxException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
