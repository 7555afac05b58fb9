package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The ledger in Redshift, read on a new connection each time, for that is seldom. */
final class RedshiftLedger implements Ledger {
  private final Connections connections;
  private final LedgerSql sql;

  RedshiftLedger(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.sql = new LedgerSql(schema);
  }

  @Override
  public Set<BatchId> loaded(Collection<BatchId> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    try (Connection connection = connections.open()) {
      return sql.loaded(connection, ids).keySet();
    } catch (SQLException e) {
      throw SqlFailures.failed("read the ledger", e);
    }
  }

  @Override
  public Map<TableName, Long> progress(BatchFolder folder) {
    try (Connection connection = connections.open()) {
      return sql.progress(connection, folder);
    } catch (SQLException e) {
      throw SqlFailures.failed("read how far " + folder + " is caught up", e);
    }
  }

  @Override
  public void saveProgress(BatchFolder folder, Map<TableName, Long> progress) {
    try (Connection connection = connections.open()) {
      connection.setAutoCommit(false);
      for (Map.Entry<TableName, Long> entry : progress.entrySet()) {
        sql.saveProgress(connection, folder, entry.getKey(), entry.getValue());
      }
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.failed("note how far " + folder + " is caught up", e);
    }
  }
}
