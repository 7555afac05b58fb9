package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LoadError;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Instant;
import java.util.Optional;

/** A load that did not come to its end, with what its caller may do. */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String remedy;
  private final boolean timeout;
  private final transient LoadError loadError;
  private final boolean fileMissing;

  private LoadException(
      FailureKind kind, String message, String remedy, boolean timeout, Throwable cause) {
    this(kind, message, remedy, timeout, LoadError.of(message), false, cause);
  }

  private LoadException(
      FailureKind kind,
      String message,
      String remedy,
      boolean timeout,
      LoadError loadError,
      boolean fileMissing,
      Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.remedy = requireNonNull(remedy, "remedy");
    this.timeout = timeout;
    this.loadError = requireNonNull(loadError, "loadError");
    this.fileMissing = fileMissing;
  }

  static LoadException of(String loadId, WarehouseException e) {
    return new LoadException(
        e.kind(),
        "load " + loadId + ": " + e.getMessage(),
        e.remedy(),
        e.isTimeout(),
        e.loadError().orElseGet(() -> LoadError.of(e.getMessage())),
        e.isFileMissing(),
        e);
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

  /** So many files in a row are bad that the table must be wrong. */
  static LoadException tableDoesNotFit(TableName table, int bad, LoadException last) {
    return new LoadException(
        FailureKind.MISCONFIGURED,
        "%d files in a row do not load into %s, so the table is taken for wrong and nothing more is set aside; the last one: %s"
            .formatted(bad, table, last.getMessage()),
        "repair the table; or raise load.max-bad-files if the files are bad indeed",
        false,
        last);
  }

  /** S3 has the file now that COPY did not find. */
  static LoadException cameMeanwhile(LoadException missing) {
    return new LoadException(
        FailureKind.TRANSIENT,
        missing.getMessage() + ", and all files are there",
        "the loader tries again by itself",
        false,
        missing);
  }

  /** What is loaded is left as it is, for a file of it loads no longer. */
  static LoadException notReplaced(LoadException refused) {
    return new LoadException(
        FailureKind.BAD_DATA,
        refused.getMessage() + "; what is in the table stays",
        "repair the file or the table, and reload again",
        false,
        refused);
  }

  /** The ledger has other loads of batches that were to be replaced. */
  static LoadException changedMeanwhile(String loadId, TableName table) {
    return badData(
        "load %s: others have loaded batches of %s again since they were looked up: nothing is replaced"
            .formatted(loadId, table),
        "run it again");
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

  /** Which file and field is bad, as far as it is known. */
  LoadError loadError() {
    return loadError;
  }

  /** Whether COPY did not find a file. */
  boolean isFileMissing() {
    return fileMissing;
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
