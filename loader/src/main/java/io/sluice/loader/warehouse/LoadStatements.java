package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statements of one load. One thread runs them, and another one may break them off. */
final class LoadStatements {
  private static final Logger log = LoggerFactory.getLogger(LoadStatements.class);

  private final Connection connection;
  private final TableName table;
  private volatile Statement running;
  private volatile boolean cancelled;

  LoadStatements(Connection connection, TableName table) {
    this.connection = connection;
    this.table = table;
  }

  /** Takes what it needs from the rows of a query. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      requireNotCancelled();
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  /** Runs all of them in one round trip and reads the rows of the last one, a query. */
  <T> T last(List<String> all, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      requireNotCancelled();
      statement.execute(String.join("; ", all));
      for (int result = 1; result < all.size(); result++) {
        statement.getMoreResults();
      }
      return reader.read(statement.getResultSet());
    } finally {
      running = null;
    }
  }

  /** The one number that a query has for an answer. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Breaks off the statement in hand and refuses further ones. */
  void cancel() {
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

  boolean isCancelled() {
    return cancelled;
  }

  /** Throws a {@link WarehouseException} once the load was broken off. */
  void requireNotCancelled() {
    if (cancelled) {
      throw new WarehouseException(
          FailureKind.TRANSIENT,
          "the load of " + table + " was broken off",
          "the next loader takes it up",
          null);
    }
  }
}
