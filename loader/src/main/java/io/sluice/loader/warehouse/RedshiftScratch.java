package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.LoginSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables to be thrown away, in the ledger's schema and nowhere else. */
public final class RedshiftScratch implements Scratch {
  private final Connections connections;
  private final LedgerSchema schema;

  public RedshiftScratch(WarehouseSettings settings, LoginSource logins) {
    this.connections = new Connections(settings, logins);
    this.schema = settings.ledger();
  }

  @Override
  public long rows(TableName table) {
    try (Connection connection = connections.openNow();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw SqlFailures.failed("count the rows of " + table, e);
    }
  }

  @Override
  public void drop(TableName table) {
    if (!table.schema().equals(schema.schema())) {
      throw new IllegalArgumentException(table + " is not in the ledger's schema: not dropped");
    }
    try (Connection connection = connections.openNow();
        Statement statement = connection.createStatement()) {
      for (String name : List.of(table.toString(), schema.lock(table), schema.ownLedger(table))) {
        statement.execute("DROP TABLE IF EXISTS " + name);
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("drop " + table, e);
    }
  }

  @Override
  public void forget(BatchFolder folder, TableName table) {
    try (Connection connection = connections.openNow()) {
      for (String name : List.of(schema.sharedLedger(), schema.progress())) {
        String sql = "DELETE FROM " + name + " WHERE batch_folder = ? AND table_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setString(1, folder.toString());
          statement.setString(2, table.toString());
          statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("take " + table + " out of the ledger", e);
    }
  }
}
