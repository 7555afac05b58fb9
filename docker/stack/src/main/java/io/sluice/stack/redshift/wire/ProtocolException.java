package io.sluice.stack.redshift.wire;

/** The peer sent bytes that are no message of the protocol: the connection cannot go on. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was wrong with the bytes. */
  public ProtocolException(String message) {
    super(message);
  }
}
