package io.sluice.common.store;

/**
 * A request to the object store that failed. After a failed write, the object may be there or not.
 */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may do. */
  public enum Kind {
    /** It passes by itself: ask again later. */
    TRANSIENT,
    /** Someone must repair the set-up first: bucket, region, permission or credentials. */
    MISCONFIGURED
  }

  private final Kind kind;

  public ObjectStoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Two conditional writes met, neither is there: ask again. */
  public static ObjectStoreException conflict(String uri) {
    return new ObjectStoreException(
        Kind.TRANSIENT, uri + " was refused as taken, but is not there", null);
  }

  public Kind kind() {
    return kind;
  }

  public boolean isTransient() {
    return kind == Kind.TRANSIENT;
  }
}
