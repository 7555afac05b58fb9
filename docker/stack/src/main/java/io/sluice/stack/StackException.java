package io.sluice.stack;

/** The stack cannot start; the message says in one line why. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
