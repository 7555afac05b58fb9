package io.sluice.loader.login;

import static java.util.Objects.requireNonNull;

/** There is no login to be had; the warehouse was not asked. Never shows a secret. */
public final class LoginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may do. */
  public enum Kind {
    /** It passes by itself: ask again later. */
    TRANSIENT,
    /** Someone must repair the set-up first. */
    MISCONFIGURED
  }

  private final Kind kind;
  private final String remedy;

  LoginException(Kind kind, String message, String remedy, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
  }

  public Kind kind() {
    return kind;
  }

  /** What a person can do about it. */
  public String remedy() {
    return remedy;
  }
}
