package io.sluice.stack.redshift;

import io.sluice.stack.fault.Faults;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;

/**
 * One server for all tests of the JVM, reached by Redshift's own driver; every test gets an empty
 * table {@code t}.
 */
abstract class RedshiftServerCase {
  static final String ROLE = "arn:aws:iam::123456789012:role/loader";

  private static final Faults FAULTS = new Faults(1);
  private static InMemoryObjects objects;
  private static RedshiftServer server;

  @BeforeEach
  void emptyTable() throws SQLException {
    FAULTS.withdrawAll();
    try (Connection connection = connect()) {
      execute(connection, "drop table if exists t");
      execute(connection, "create table t (id int not null, name varchar(8), at timestamp)");
    }
  }

  static synchronized RedshiftServer server() {
    if (server == null) {
      objects = new InMemoryObjects();
      server = RedshiftServer.start(RedshiftSettings.of(objects).withFaults(FAULTS));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "redshift-stop"));
    }
    return server;
  }

  static InMemoryObjects objects() {
    server();
    return objects;
  }

  static Faults faults() {
    return FAULTS;
  }

  static Connection connect() throws SQLException {
    return connect("Password1");
  }

  static Connection connect(String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "awsuser");
    properties.setProperty("password", password);
    properties.setProperty("ssl", "false");
    return DriverManager.getConnection(server().jdbcUrl(), properties);
  }

  static Connection transaction() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    return connection;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** COPY of {@code t} from CSV; returns the messages that came with its success. */
  static List<String> copy(Connection connection, String url, String options) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY t FROM '%s' IAM_ROLE '%s' FORMAT AS CSV %s".formatted(url, ROLE, options));
      List<String> messages = new ArrayList<>();
      for (SQLWarning warning = statement.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        messages.add(warning.getMessage());
      }
      return messages;
    }
  }

  /** The rows of a query, values joined by {@code |}. */
  static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String value = result.getString(i);
          values.add(value == null ? "NULL" : value.stripTrailing());
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  static String value(Connection connection, String sql) throws SQLException {
    return rows(connection, sql).get(0);
  }
}
