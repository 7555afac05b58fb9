package io.sluice.stack.redshift;

import io.sluice.stack.redshift.database.Database;
import io.sluice.stack.redshift.database.SystemTables;
import io.sluice.stack.redshift.database.Users;
import io.sluice.stack.redshift.fault.SessionFaults;
import io.sluice.stack.redshift.isolation.Conflicts;
import io.sluice.stack.redshift.session.Gateway;
import io.sluice.stack.redshift.session.SessionContext;
import io.sluice.stack.redshift.tls.ServerIdentity;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local Redshift: the gateway before an embedded PostgreSQL. Ready when {@link #start} returns.
 */
public final class RedshiftServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedshiftServer.class);

  private final RedshiftSettings settings;
  private final Database database;
  private final SystemTables systemTables;
  private final ServerIdentity identity;
  private final Gateway gateway;

  private RedshiftServer(
      RedshiftSettings settings,
      Database database,
      SystemTables systemTables,
      ServerIdentity identity,
      Gateway gateway) {
    this.settings = settings;
    this.database = database;
    this.systemTables = systemTables;
    this.identity = identity;
    this.gateway = gateway;
  }

  /** Starts database and gateway, in a few seconds; nothing is left running if either fails. */
  public static RedshiftServer start(RedshiftSettings settings) {
    Database database =
        Database.start(
            settings.database(),
            settings.user(),
            settings.password(),
            settings.isolation(),
            settings.dataDirectory());
    try {
      SystemTables systemTables = new SystemTables(database.connect(), settings.database());
      ServerIdentity identity = ServerIdentity.generate(InstantSource.system().instant());
      Gateway gateway =
          Gateway.start(
              settings.address(),
              database.port(),
              new Users(database),
              identity,
              SessionContext.of(
                  settings.objects(),
                  systemTables,
                  new SessionFaults(settings.faults()),
                  conflicts(settings)));
      log.info(
          "Redshift stand-in listens on port {}, its PostgreSQL on {}",
          gateway.port(),
          database.port());
      return new RedshiftServer(settings, database, systemTables, identity, gateway);
    } catch (SQLException e) {
      database.close();
      throw new IllegalStateException("the embedded PostgreSQL refuses its own gateway", e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Optional<Conflicts> conflicts(RedshiftSettings settings) {
    return switch (settings.isolation()) {
      case SNAPSHOT -> Optional.empty();
      case SERIALIZABLE -> Optional.of(new Conflicts());
    };
  }

  public int port() {
    return gateway.port();
  }

  /**
   * The address for Redshift's driver without TLS, which the driver would ask for unless told
   * otherwise; for TLS the end is {@code ?ssl=true&sslmode=verify-full&sslrootcert=FILE} with
   * {@link #authorityPem()} in the file.
   */
  public String jdbcUrl() {
    return "jdbc:redshift://127.0.0.1:" + port() + "/" + settings.database() + "?ssl=false";
  }

  /** The certificate of the authority that has signed the server's, new at every start, as PEM. */
  public String authorityPem() {
    return identity.authorityPem();
  }

  /** Who may log in. */
  public String user() {
    return settings.user();
  }

  /** With which password. */
  public String password() {
    return settings.password();
  }

  /**
   * The port of the PostgreSQL behind, where its superuser {@code postgres} needs no password: for
   * people.
   */
  public int postgresPort() {
    return database.port();
  }

  /** The number of sessions that clients have open. */
  public int sessions() {
    return gateway.sessions();
  }

  /** Breaks off all sessions and stops the database. */
  @Override
  public void close() {
    try {
      gateway.close();
      systemTables.close();
    } catch (SQLException e) {
      log.warn("the system tables' connection did not close", e);
    } finally {
      database.close();
    }
  }
}
