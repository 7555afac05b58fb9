package io.sluice.loader.warehouse;

import io.sluice.loader.login.Login;
import io.sluice.loader.login.LoginException;
import io.sluice.loader.login.LoginSource;
import io.sluice.loader.warehouse.KeptSessions.Waiting;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections, each set up alike. A connection serves one transaction and is thrown away, so
 * that a fresh session carries nothing over from one that broke; only loads that ended well leave
 * theirs to the next ones.
 *
 * <p>Safe for use by several threads.
 */
final class Connections {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** How much longer than a statement the driver listens, so that the warehouse speaks first. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final int LOGIN_SECONDS = 60;

  /** For the first answer of a session that was kept: later is as bad as never. */
  private static final Duration STILL_THERE = Duration.ofSeconds(10);

  /** Who answered so lately is not asked whether it still does. */
  static final Duration JUST_NOW = Duration.ofSeconds(1);

  private final WarehouseSettings settings;
  private final LoginSource logins;
  private final InstantSource clock = InstantSource.system();
  private final LoginGate gate = new LoginGate(clock, new SecureRandom());
  private final KeptSessions kept = new KeptSessions(clock);

  Connections(WarehouseSettings settings, LoginSource logins) {
    this.settings = settings;
    this.logins = logins;
  }

  /** A new session in autocommit mode; while logins are refused, only now and then one tries. */
  Connection open() {
    return gate.pass(this::openNow);
  }

  /**
   * A session for a load, in autocommit mode: one that an earlier load left and that still answers,
   * else a new one. How long its statements may take is for the load to say.
   */
  Session lease() {
    for (Optional<Waiting> next = kept.take(); next.isPresent(); next = kept.take()) {
      Session session = next.get().session();
      boolean answeredJustNow = clock.instant().isBefore(next.get().since().plus(JUST_NOW));
      if (answeredJustNow || isThere(session.connection())) {
        return session;
      }
      KeptSessions.close(session.connection());
    }
    return gate.pass(() -> new Session(openNow(), clock.instant()));
  }

  /**
   * Leaves a session to the next load: its transaction is committed, and it carries nothing over.
   */
  void giveBack(Session session) {
    kept.keep(session);
  }

  /** The same for a person who waits for the answer: tries in any case. */
  Connection openNow() {
    Connection connection = logIn();
    try {
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw SqlFailures.failed("set up a session at " + settings.url(), e);
    }
  }

  private boolean isThere(Connection connection) {
    try {
      int patience = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, (int) STILL_THERE.toMillis());
      limit(connection);
      connection.setNetworkTimeout(Runnable::run, patience);
      return true;
    } catch (SQLException e) {
      log.debug("a session that was kept is gone: a new one takes its place", e);
      return false;
    }
  }

  /** A login that was refused is tried once more if there is a newer one by now. */
  private Connection logIn() {
    Login login = get();
    try {
      return connect(login);
    } catch (SQLException e) {
      Optional<Login> renewed = SqlFailures.isRefusedLogin(e) ? renewed(login) : Optional.empty();
      if (renewed.isEmpty()) {
        throw failed(login, e);
      }
      log.info("the login {} was refused and has changed since: trying the new one", login.who());
      try {
        return connect(renewed.get());
      } catch (SQLException again) {
        again.addSuppressed(e);
        throw failed(renewed.get(), again);
      }
    }
  }

  private Connection connect(Login login) throws SQLException {
    return DriverManager.getConnection(settings.url(), properties(login));
  }

  private WarehouseException failed(Login login, SQLException e) {
    return SqlFailures.failedToConnect("connect to " + settings.url() + " " + login.who(), e);
  }

  private Login get() {
    try {
      return logins.login();
    } catch (LoginException e) {
      throw failure(e);
    }
  }

  private Optional<Login> renewed(Login refused) {
    try {
      return logins.renewed(refused);
    } catch (LoginException e) {
      throw failure(e);
    }
  }

  private static WarehouseException failure(LoginException e) {
    FailureKind kind =
        switch (e.kind()) {
          case TRANSIENT -> FailureKind.TRANSIENT;
          case MISCONFIGURED -> FailureKind.MISCONFIGURED;
        };
    return new WarehouseException(kind, e.getMessage(), e.remedy(), e);
  }

  private void prepare(Connection connection) throws SQLException {
    limit(connection);
    if (settings.queryGroup().isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET query_group TO " + Identifiers.literal(settings.queryGroup().get()));
      }
    }
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout TO " + settings.statementTimeout().toMillis());
    }
  }

  private Properties properties(Login login) {
    Properties properties = new Properties();
    login.options().forEach((name, value) -> properties.setProperty(name, value.value()));
    settings.tls().options().forEach(properties::setProperty);
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
