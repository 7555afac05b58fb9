package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** A failure of the warehouse, sorted by what the caller may do. */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String remedy;
  private final boolean timeout;
  private final transient Optional<Instant> retryAt;

  WarehouseException(FailureKind kind, String message, String remedy, Throwable cause) {
    this(kind, message, remedy, false, cause);
  }

  WarehouseException(
      FailureKind kind, String message, String remedy, boolean timeout, Throwable cause) {
    this(kind, message, remedy, timeout, Optional.empty(), cause);
  }

  private WarehouseException(
      FailureKind kind,
      String message,
      String remedy,
      boolean timeout,
      Optional<Instant> retryAt,
      Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.timeout = timeout;
    this.retryAt = retryAt;
  }

  /** The same of all tables: nobody gets an answer before {@code time}. */
  WarehouseException forAllUntil(Instant time) {
    return new WarehouseException(
        kind, getMessage(), remedy, timeout, Optional.of(time), getCause());
  }

  public FailureKind kind() {
    return kind;
  }

  /** What a person can do about it, or what the loader does by itself. */
  public String remedy() {
    return remedy;
  }

  /**
   * When the warehouse is asked again, if that is decided already: it refused the login, which
   * concerns every table and must not be repeated by each.
   */
  public Optional<Instant> retryAt() {
    return retryAt;
  }

  /** Whether the statement ran out of time: a smaller load may fit. */
  public boolean isTimeout() {
    return timeout;
  }
}
