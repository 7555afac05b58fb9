package io.sluice.stack.redshift.database;

import io.sluice.stack.process.FreePorts;
import io.sluice.stack.redshift.isolation.Isolation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The embedded PostgreSQL with its one database and its one login. It trusts whoever reaches it:
 * loopback only.
 */
public final class Database implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  /** What Redshift has and PostgreSQL has not, in the order of dependence. */
  private static final List<String> SCRIPTS =
      List.of("bootstrap.sql", "isolation.sql", "dialect.sql", "settings.sql", "catalog.sql");

  private final EmbeddedPostgres postgres;
  private final String name;

  private Database(EmbeddedPostgres postgres, String name) {
    this.postgres = postgres;
    this.name = name;
  }

  /**
   * Starts PostgreSQL and prepares the database.
   *
   * @param directory where the data stays; without it the data is deleted on {@link #close()}
   */
  public static Database start(
      String name, String user, String password, Isolation isolation, Optional<Path> directory) {
    int port = FreePorts.any();
    EmbeddedPostgres postgres;
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              // A signal in mid-start must not leave a server behind that no hook can be set for:
              // the stack closes it, and the orphan watch if the stack cannot.
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("shared_buffers", "64MB")
              .setServerConfig("max_wal_size", "2GB")
              // A client that is gone while its statement runs is noticed within this time.
              .setServerConfig("client_connection_check_interval", "1s")
              // The gateway checks logins by MD5, since Redshift's driver has no SCRAM.
              .setServerConfig("password_encryption", "md5")
              .setServerConfig("log_min_messages", "fatal");
      directory.ifPresent(path -> builder.setDataDirectory(path).setCleanDataDirectory(false));
      postgres = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start on port " + port, e);
    }
    Database database = new Database(postgres, name);
    try {
      database.watchForOrphans(directory.isEmpty());
      database.prepare(user, password, isolation);
    } catch (SQLException | IOException e) {
      database.close();
      throw new IllegalStateException("PostgreSQL refuses the preparation of database " + name, e);
    }
    return database;
  }

  public int port() {
    return postgres.getPort();
  }

  /** A connection of the superuser, in autocommit mode. */
  public Connection connect() throws SQLException {
    return postgres.getDatabase(SUPERUSER, name).getConnection();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not stop", e);
    }
  }

  private void watchForOrphans(boolean temporary) throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::bigint,"
                    + " current_setting('data_directory')")) {
      row.next();
      Optional<Path> folder = temporary ? Optional.of(Path.of(row.getString(2))) : Optional.empty();
      OrphanWatch.over(row.getLong(1), folder);
    }
  }

  private void prepare(String user, String password, Isolation isolation)
      throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(connection, "select 1 from pg_roles where rolname = ?", user)) {
        statement.execute("create role " + quote(user) + " login createdb createrole");
      }
      statement.execute("grant pg_read_all_data, pg_write_all_data, pg_monitor to " + quote(user));
      statement.execute("alter role %s password %s".formatted(quote(user), literal(password)));
      if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
        statement.execute(
            "create database %s owner %s template template0 encoding 'UTF8'"
                .formatted(quote(name), quote(user)));
      }
      statement.execute(
          "alter database "
              + quote(name)
              + " set default_transaction_isolation = 'repeatable read'");
      statement.execute(
          "alter database %s set redshift.database_isolation = %s"
              .formatted(quote(name), literal(isolation.name())));
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String script : SCRIPTS) {
        statement.execute(read(script));
      }
      statement.execute("alter schema public owner to " + quote(user));
    }
  }

  private static boolean exists(Connection connection, String query, String value)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, value);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static String read(String script) throws IOException {
    try (InputStream in = Database.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
