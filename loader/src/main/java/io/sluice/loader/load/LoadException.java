package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Instant;
import java.util.Optional;

/** A load that did not come to its end, with what its caller may do. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String remedy;
  private final boolean timeout;

  private LoadException(
      FailureKind kind, String message, String remedy, boolean timeout, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.timeout = timeout;
  }

  static LoadException of(String loadId, WarehouseException e) {
    return new LoadException(
        e.kind(), "load " + loadId + ": " + e.getMessage(), e.remedy(), e.isTimeout(), e);
  }

  static LoadException of(String loadId, ObjectStoreException e) {
    String message = "load " + loadId + ": " + e.getMessage();
    return switch (e.kind()) {
      case TRANSIENT ->
          new LoadException(
              FailureKind.TRANSIENT, message, "the loader tries again by itself", false, e);
      case MISCONFIGURED ->
          new LoadException(
              FailureKind.MISCONFIGURED,
              message,
              "let the loader read the batch folders and write _copy/ in them",
              false,
              e);
    };
  }

  static LoadException badData(String message, String remedy) {
    return new LoadException(FailureKind.BAD_DATA, message, remedy, false, null);
  }

  /** The loader stops. */
  static LoadException abandoned() {
    return new LoadException(
        FailureKind.TRANSIENT, "the load was given up", "the next loader takes it up", false, null);
  }

  public FailureKind kind() {
    return kind;
  }

  /** What a person can do about it, or what the loader does by itself. */
  public String remedy() {
    return remedy;
  }

  /** When the warehouse is asked again for whichever table, if that is decided already. */
  public Optional<Instant> retryAt() {
    return getCause() instanceof WarehouseException e ? e.retryAt() : Optional.empty();
  }

  /** Whether the load ran out of time: a smaller one may fit. */
  public boolean isTimeout() {
    return timeout;
  }
}
