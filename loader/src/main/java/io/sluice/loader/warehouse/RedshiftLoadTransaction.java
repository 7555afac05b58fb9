package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load's transaction on a connection of its own.
 *
 * <p>LOCK is its first statement. Under snapshot isolation the snapshot is taken at the first read,
 * which LOCK is not: so the ledger that is read behind the lock shows all that earlier holders
 * committed, and no statement of this transaction can meet theirs. The lock is also the barrier
 * after a commit of unknown fate: it is granted only when the lost session has ended.
 */
final class RedshiftLoadTransaction implements LoadTransaction {
  private static final Logger log = LoggerFactory.getLogger(RedshiftLoadTransaction.class);

  private final Connection connection;
  private final TableName table;
  private final String iamRole;
  private final LedgerSql ledger;
  private volatile Statement running;
  private volatile boolean cancelled;

  private RedshiftLoadTransaction(
      Connection connection, TableName table, String iamRole, LedgerSql ledger) {
    this.connection = connection;
    this.table = table;
    this.iamRole = iamRole;
    this.ledger = ledger;
  }

  static RedshiftLoadTransaction begin(
      Connection connection, TableName table, String iamRole, LedgerSchema schema) {
    RedshiftLoadTransaction transaction =
        new RedshiftLoadTransaction(connection, table, iamRole, new LedgerSql(schema));
    try {
      connection.setAutoCommit(false);
      transaction.execute("LOCK TABLE " + schema.lock(table));
      return transaction;
    } catch (SQLException e) {
      transaction.close();
      throw SqlFailures.failedBesideCopy("lock " + schema.lock(table), e);
    }
  }

  @Override
  public Set<BatchId> loaded(Collection<BatchId> ids) {
    requireNotCancelled();
    try {
      return ledger.loaded(connection, ids);
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("read the ledger for " + table, e);
    }
  }

  @Override
  public long copy(CopyRequest request) {
    requireNotCancelled();
    try {
      execute(CopyStatement.of(table, request, iamRole));
      return copiedRows();
    } catch (SQLException e) {
      throw withReason(SqlFailures.failed("copy " + request.manifestUri() + " into " + table, e));
    }
  }

  @Override
  public void record(List<LedgerRow> rows) {
    requireNotCancelled();
    try {
      ledger.insert(connection, rows);
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("enter a load of " + table + " in the ledger", e);
    }
  }

  @Override
  public void commit() {
    requireNotCancelled();
    try {
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.failedToCommit(e);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        log.warn("cannot cancel the load of {}: {}", table, SqlFailures.describe(e));
      }
    }
  }

  @Override
  public void close() {
    try (connection) {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The server rolls back what its client left behind.
      log.debug("cannot close the session of a load of {}", table, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      requireNotCancelled();
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  private long copiedRows() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_last_copy_count()")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private WarehouseException withReason(WarehouseException failure) {
    if (failure.kind() != FailureKind.BAD_DATA) {
      return failure;
    }
    return LoadErrors.latest(connection)
        .map(
            reason ->
                new WarehouseException(
                    failure.kind(),
                    failure.getMessage() + ": " + reason,
                    failure.remedy(),
                    failure.getCause()))
        .orElse(failure);
  }

  private void requireNotCancelled() {
    if (cancelled) {
      throw new WarehouseException(
          FailureKind.TRANSIENT,
          "the load of " + table + " was broken off",
          "the next loader takes it up",
          null);
    }
  }
}
