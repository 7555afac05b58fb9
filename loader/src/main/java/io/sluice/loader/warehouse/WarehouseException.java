package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** A failure of the warehouse, sorted by what the caller may do. */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern FILE_MISSING =
      Pattern.compile("mandatory url is not present", Pattern.CASE_INSENSITIVE);

  private final FailureKind kind;
  private final String remedy;
  private final boolean timeout;
  private final transient LoadError loadError;
  private final transient Instant retryAt;

  WarehouseException(FailureKind kind, String message, String remedy, Throwable cause) {
    this(kind, message, remedy, false, cause);
  }

  WarehouseException(
      FailureKind kind, String message, String remedy, boolean timeout, Throwable cause) {
    this(kind, message, remedy, timeout, null, null, cause);
  }

  private WarehouseException(
      FailureKind kind,
      String message,
      String remedy,
      boolean timeout,
      LoadError loadError,
      Instant retryAt,
      Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.timeout = timeout;
    this.loadError = loadError;
    this.retryAt = retryAt;
  }

  /** The same failure with the warehouse's own reason. */
  WarehouseException because(LoadError error) {
    return new WarehouseException(
        kind, getMessage() + ": " + error.sentence(), remedy, timeout, error, retryAt, getCause());
  }

  /** The same failure, which passes by itself. */
  WarehouseException passing(LoadError error) {
    return new WarehouseException(
        FailureKind.TRANSIENT,
        getMessage() + ": " + error.sentence(),
        "the loader tries again by itself",
        timeout,
        null,
        retryAt,
        getCause());
  }

  /** The same failure with another way out. */
  WarehouseException withRemedy(String other) {
    return new WarehouseException(
        kind, getMessage(), other, timeout, loadError, retryAt, getCause());
  }

  /** The same of all tables: nobody gets an answer before {@code time}. */
  WarehouseException forAllUntil(Instant time) {
    return new WarehouseException(kind, getMessage(), remedy, timeout, loadError, time, getCause());
  }

  public FailureKind kind() {
    return kind;
  }

  /** What a person can do about it, or what the loader does by itself. */
  public String remedy() {
    return remedy;
  }

  /** Which file and field COPY has refused, when the warehouse tells. */
  public Optional<LoadError> loadError() {
    return Optional.ofNullable(loadError);
  }

  /** Whether COPY did not find a file: S3 tells which one. */
  public boolean isFileMissing() {
    return kind == FailureKind.BAD_DATA && FILE_MISSING.matcher(getMessage()).find();
  }

  /**
   * When the warehouse is asked again, if that is decided already: it refused the login, which
   * concerns every table and must not be repeated by each.
   */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** Whether the statement ran out of time: a smaller load may fit. */
  public boolean isTimeout() {
    return timeout;
  }
}
