package io.sluice.stack.redshift.copy;

/**
 * One row does not load, for a reason that {@link LoadError} lists. Without a stack trace: bad rows
 * may be many.
 */
public final class LoadRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  LoadRefusal(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  /** The number in ERR_CODE. */
  public int code() {
    return code;
  }
}
