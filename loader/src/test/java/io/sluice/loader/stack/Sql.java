package io.sluice.loader.stack;

import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Plain SQL in the stack's warehouse, beside the loader. */
public final class Sql {
  private final LoaderStack stack;

  public Sql(LoaderStack stack) {
    this.stack = stack;
  }

  public void execute(String sql) {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The rows, each its fields joined by commas. */
  public List<String> rows(String sql) {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> fields = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          fields.add(rows.getString(i));
        }
        lines.add(String.join(",", fields));
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The process ids of the loaders' sessions in which nothing is under way. */
  public List<String> idleSessions() {
    return rows(
        "SELECT pid FROM pg_stat_activity"
            + " WHERE application_name = 'sluice-loader' AND state = 'idle'");
  }

  /** Ends sessions as an administrator does. */
  public void end(List<String> sessions) {
    sessions.forEach(pid -> rows("SELECT pg_terminate_backend(" + pid + ")"));
  }

  /** Keeps everybody else away from a table until it is closed. */
  public Lock lock(TableName table) throws SQLException {
    Connection connection = open();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table);
    }
    return new Lock(this, connection, table);
  }

  /** A lock that a session of its own holds. */
  public record Lock(Sql sql, Connection connection, TableName table) implements AutoCloseable {
    /** Whether another session waits for the table. */
    public boolean isWaitedFor() {
      String waiting =
          "SELECT COUNT(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
              + " WHERE NOT l.granted AND c.relname = '"
              + table.table()
              + "'";
      return !sql.rows(waiting).equals(List.of("0"));
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.close();
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        stack.redshift().url(), stack.redshift().user(), stack.redshift().password());
  }
}
