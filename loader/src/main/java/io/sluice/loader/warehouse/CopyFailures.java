package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the session of a COPY that failed can tell about it. Rolls back, for nothing can be asked in
 * a transaction that has failed.
 */
final class CopyFailures {
  private static final Logger log = LoggerFactory.getLogger(CopyFailures.class);

  private final Connection connection;
  private final TargetTable target;

  CopyFailures(Connection connection, TargetTable target) {
    this.connection = connection;
    this.target = target;
  }

  /** With the file and field of bad data, and with the statements that a table lacks. */
  WarehouseException explained(
      WarehouseException failure, SQLException cause, CopyRequest request) {
    if (failure.kind() == FailureKind.BAD_DATA) {
      return LoadErrors.latest(connection)
          .map(
              error ->
                  SqlFailures.isPassing(error.reason())
                      ? failure.passing(error)
                      : failure.because(error))
          .orElse(failure);
    }
    return SqlFailures.isMissing(cause) ? withStatements(failure, request) : failure;
  }

  private WarehouseException withStatements(WarehouseException failure, CopyRequest request) {
    if (request.columns().isEmpty()) {
      return failure;
    }
    try {
      connection.rollback();
      connection.setAutoCommit(true);
      List<String> missing = target.missing(connection, request.columns());
      return missing.isEmpty()
          ? failure
          : failure.withRemedy(
              "run %s; or let the loader do it: create = true, or evolve = add-columns, in the table's settings"
                  .formatted(String.join("; ", missing)));
    } catch (SQLException e) {
      log.debug("cannot ask for the columns that are missing", e);
      return failure;
    }
  }
}
