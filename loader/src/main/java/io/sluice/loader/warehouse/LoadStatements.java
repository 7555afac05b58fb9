package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of one load, by one {@link Statement} all along: to close one takes the driver a
 * round trip. One thread runs them, and another one may break them off.
 */
final class LoadStatements implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadStatements.class);

  private final Connection connection;
  private final TableName table;
  private Statement statement;
  private volatile Statement running;
  private volatile boolean cancelled;

  LoadStatements(Connection connection, TableName table) {
    this.connection = connection;
    this.table = table;
  }

  /** A query and who takes what it needs from its rows. */
  record Query(String sql, Reader reader) {}

  /** Takes what it needs from the rows of a query. */
  @FunctionalInterface
  interface Reader {
    void read(ResultSet rows) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    together(List.of(sql), List.of());
  }

  /** Runs commands and then queries, all in one round trip, and has the rows read. */
  void together(List<String> commands, List<Query> queries) throws SQLException {
    Statement current = statement();
    try {
      running = current;
      requireNotCancelled();
      current.execute(
          Stream.concat(commands.stream(), queries.stream().map(Query::sql))
              .collect(Collectors.joining("; ")));
      int before = commands.size();
      for (Query query : queries) {
        for (int result = 0; result < before; result++) {
          current.getMoreResults();
        }
        query.reader().read(current.getResultSet());
        before = 1;
      }
    } finally {
      running = null;
    }
  }

  /** Runs commands and then a query for one number, in one round trip. */
  long number(List<String> commands, String query) throws SQLException {
    long[] number = new long[1];
    Reader first =
        rows -> {
          rows.next();
          number[0] = rows.getLong(1);
        };
    together(commands, List.of(new Query(query, first)));
    return number[0];
  }

  private Statement statement() throws SQLException {
    if (statement == null) {
      statement = connection.createStatement();
    }
    return statement;
  }

  /** Breaks off the statement in hand and refuses further ones. */
  void cancel() {
    cancelled = true;
    Statement current = running;
    if (current != null) {
      try {
        current.cancel();
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

  @Override
  public void close() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }
}
