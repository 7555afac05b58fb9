package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pauses in Redshift, for commands: each on a new connection. */
final class RedshiftPauses implements Pauses {
  private static final int TABLE = 4;

  private final Connections connections;
  private final LedgerSchema schema;

  RedshiftPauses(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  @Override
  public Optional<Pause> of(TableName table) {
    try (Connection connection = connections.openNow();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select(schema, table))) {
      return first(table, rows);
    } catch (SQLException e) {
      throw SqlFailures.failed("read whether " + table + " is paused", e);
    }
  }

  @Override
  public Map<TableName, Pause> all() {
    String sql =
        "SELECT paused_by, EXTRACT(EPOCH FROM paused_at)::BIGINT, reason, table_name FROM "
            + schema.paused()
            + " ORDER BY paused_at";
    Map<TableName, Pause> pauses = new TreeMap<>();
    try (Connection connection = connections.openNow();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        TableName table = TableName.parse(rows.getString(TABLE));
        pauses.put(table, pause(table, rows));
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("read which tables are paused", e);
    }
    return pauses;
  }

  @Override
  public void pause(Pause pause) {
    try (Connection connection = connections.openNow()) {
      connection.setAutoCommit(false);
      delete(connection, pause.table());
      insert(connection, pause);
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.failed("pause " + pause.table(), e);
    }
  }

  @Override
  public void resume(TableName table) {
    try (Connection connection = connections.openNow()) {
      delete(connection, table);
    } catch (SQLException e) {
      throw SqlFailures.failed("resume " + table, e);
    }
  }

  /**
   * What {@link #first} reads. Two that paused it at the same time leave two rows: either tells the
   * truth.
   */
  static String select(LedgerSchema schema, TableName table) {
    return "SELECT paused_by, EXTRACT(EPOCH FROM paused_at)::BIGINT, reason FROM "
        + schema.paused()
        + " WHERE table_name = "
        + Identifiers.literal(table.toString())
        + " ORDER BY paused_at DESC LIMIT 1";
  }

  static Optional<Pause> first(TableName table, ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(pause(table, rows)) : Optional.empty();
  }

  private static Pause pause(TableName table, ResultSet row) throws SQLException {
    return new Pause(
        table, row.getString(1), Instant.ofEpochSecond(row.getLong(2)), row.getString(3));
  }

  private void delete(Connection connection, TableName table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + schema.paused() + " WHERE table_name = ?")) {
      statement.setString(1, table.toString());
      statement.executeUpdate();
    }
  }

  private void insert(Connection connection, Pause pause) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + schema.paused()
                + " (table_name, paused_by, paused_at, reason)"
                + " VALUES (?, ?, CAST(? AS TIMESTAMPTZ), ?)")) {
      statement.setString(1, pause.table().toString());
      statement.setString(2, pause.by());
      statement.setString(3, pause.since().toString());
      statement.setString(4, pause.reason());
      statement.executeUpdate();
    }
  }
}
