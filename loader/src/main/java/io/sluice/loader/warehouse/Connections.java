package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens connections, each set up alike. A connection serves one transaction and is thrown away: a
 * load runs every few minutes, and a fresh session carries nothing over from one that broke.
 */
final class Connections {
  /** How much longer than a statement the driver listens, so that the warehouse speaks first. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final int LOGIN_SECONDS = 60;

  private final WarehouseSettings settings;

  Connections(WarehouseSettings settings) {
    this.settings = settings;
  }

  /** A new session in autocommit mode. */
  Connection open() {
    Connection connection;
    try {
      connection = DriverManager.getConnection(settings.url(), properties());
    } catch (SQLException e) {
      throw SqlFailures.failed("connect to " + settings.url() + " as " + settings.user(), e);
    }
    try {
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw SqlFailures.failed("set up a session at " + settings.url(), e);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET statement_timeout TO " + settings.statementTimeout().toMillis());
      if (settings.queryGroup().isPresent()) {
        statement.execute(
            "SET query_group TO '" + settings.queryGroup().get().replace("'", "''") + "'");
      }
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().value());
    properties.setProperty("ApplicationName", "sluice-loader");
    properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS));
    properties.setProperty(
        "socketTimeout", Long.toString(settings.statementTimeout().plus(MARGIN).toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private static void closeQuietly(Connection connection, SQLException cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
