package io.sluice.stack.redshift.copy;

import io.sluice.stack.redshift.wire.ServerError;

/** A COPY cannot go on: the error that its client gets, and that aborts its transaction. */
public final class CopyFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String RULE = "-----------------------------------------------";

  private final transient ServerError error;

  /** Fails with exactly this error. */
  public CopyFailure(ServerError error) {
    super(error.message());
    this.error = error;
  }

  /**
   * An error of Redshift's compute layer: state XX000, and code and context in the Detail lines.
   */
  public static CopyFailure internal(int code, String message, String context) {
    return internal("XX000", code, message, context);
  }

  /** The same with a state of its own. */
  public static CopyFailure internal(String sqlState, int code, String message, String context) {
    String detail =
        """

          %s
          error:  %s
          code:      %d
          context:   %s
          query:     0
          location:  stand-in
          process:   padbmaster [pid=0]
          %s"""
            .formatted(RULE, message, code, context, RULE);
    return new CopyFailure(ServerError.error(sqlState, message).withDetail(detail));
  }

  public ServerError error() {
    return error;
  }
}
