package io.sluice.stack.redshift.sql;

import io.sluice.stack.redshift.wire.ServerError;

/**
 * A statement that Redshift, or this stand-in, does not take; carries the error that the client
 * gets.
 */
public final class SqlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ServerError error;

  private SqlRefusal(ServerError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** A syntax error; {@code offset} counts from 0 in the whole text. */
  public static SqlRefusal syntax(String message, int offset) {
    return new SqlRefusal(ServerError.error("42601", message).withPosition(offset + 1));
  }

  /** A syntax error at this token. */
  public static SqlRefusal syntaxAt(Token token) {
    String message =
        token.kind() == Token.Kind.END
            ? "syntax error at end of input"
            : "syntax error at or near \"" + token.text() + "\"";
    return syntax(message, token.start());
  }

  /** Something that Redshift has not, or that the stand-in does not carry out. */
  public static SqlRefusal notSupported(String message) {
    return new SqlRefusal(ServerError.error("0A000", message));
  }

  /** Any other refusal. */
  public static SqlRefusal of(String sqlState, String message) {
    return new SqlRefusal(ServerError.error(sqlState, message));
  }

  public ServerError error() {
    return error;
  }
}
