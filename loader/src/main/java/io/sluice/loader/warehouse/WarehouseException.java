package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

/** A failure of the warehouse, sorted by what the caller may do. */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String remedy;
  private final boolean timeout;

  WarehouseException(FailureKind kind, String message, String remedy, Throwable cause) {
    this(kind, message, remedy, false, cause);
  }

  WarehouseException(
      FailureKind kind, String message, String remedy, boolean timeout, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.timeout = timeout;
  }

  public FailureKind kind() {
    return kind;
  }

  /** What a person can do about it, or what the loader does by itself. */
  public String remedy() {
    return remedy;
  }

  /** Whether the statement ran out of time: a smaller load may fit. */
  public boolean isTimeout() {
    return timeout;
  }
}
