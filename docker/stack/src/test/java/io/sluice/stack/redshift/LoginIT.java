package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a session, and over what. */
@Timeout(60)
class LoginIT extends RedshiftServerCase {
  @TempDir private Path folder;

  @Test
  void encryptsForAClientThatChecksTheCertificateAndTheHost() throws Exception {
    Path authority = Files.writeString(folder.resolve("ca.pem"), server().authorityPem());

    for (String host : new String[] {"127.0.0.1", "localhost"}) {
      try (Connection connection = connectByTls(host, authority)) {
        assertThat(value(connection, "select current_user")).isEqualTo("awsuser");
      }
    }
  }

  @Test
  void isNotBelievedByAClientThatTrustsAnother() throws Exception {
    Path stranger =
        Files.writeString(
            folder.resolve("other.pem"),
            io.sluice.stack.redshift.tls.ServerIdentity.generate(java.time.Instant.now())
                .authorityPem());

    assertThatThrownBy(() -> connectByTls("127.0.0.1", stranger))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("SSL error");
  }

  @Test
  void cancelsACopyOfAnEncryptedSession() throws Exception {
    Path authority = Files.writeString(folder.resolve("ca.pem"), server().authorityPem());
    String endless = objects().stream("tls/1.csv", () -> EndlessRows.of("1,a,\n"));

    try (Connection connection = connectByTls("localhost", authority);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      CompletableFuture<Throwable> copy =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.execute("copy t from '" + endless + "' iam_role default csv");
                  return null;
                } catch (SQLException e) {
                  return e;
                }
              });
      awaitRunningCopies();
      statement.cancel();

      assertThat(copy.get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void rollsBackTheCopyOfAKilledEncryptedClient() throws Exception {
    Path authority = Files.writeString(folder.resolve("ca.pem"), server().authorityPem());
    String endless = objects().stream("tls/2.csv", () -> EndlessRows.of("1,a,\n"));
    Connection killed = connectByTls("localhost", authority);
    killed.setAutoCommit(false);
    CompletableFuture<Void> copy =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(
                        () -> execute(killed, "copy t from '" + endless + "' iam_role default csv"))
                    .isInstanceOf(SQLException.class));
    awaitRunningCopies();

    killed.abort(Runnable::run);

    copy.get(20, TimeUnit.SECONDS);
    try (Connection other = transaction()) {
      execute(other, "set statement_timeout to 10000");
      execute(other, "lock table t");
      assertThat(value(other, "select count(*) from t")).isEqualTo("0");
    }
  }

  @Test
  void namesADatabaseThatIsNotThere() {
    Properties login = login("awsuser", "Password1");

    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    server().jdbcUrl().replace("/dev?", "/nowhere?"), login))
        .hasMessageContaining("database \"nowhere\" does not exist")
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("3D000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "postgres", ""})
  void refusesWhoHasNoPassword(String user) {
    assertThatThrownBy(
            () -> DriverManager.getConnection(server().jdbcUrl(), login(user, "Password1")))
        .isInstanceOf(SQLException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("password authentication failed for user \"" + user + "\""))
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28000"));
  }

  @Test
  void letsInWhomCreateUserHasMade() throws SQLException {
    try (Connection owner = connect()) {
      execute(owner, "drop user if exists joe");
      execute(owner, "create user joe password 'Secret123' connection limit 1");
      try (Connection joe = connect("joe", "Secret123")) {
        assertThat(value(joe, "select current_user")).isEqualTo("joe");
        assertThatThrownBy(() -> execute(joe, "insert into t (id) values (1)"))
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        assertThatThrownBy(() -> connect("joe", "Secret123"))
            .hasMessageContaining("too many connections for role \"joe\"")
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("53300"));
      }
      assertThatThrownBy(() -> connect("joe", "Secret124"))
          .hasMessageContaining("password authentication failed for user \"joe\"");

      // The digest of Other456joe, as a client may compute it.
      execute(owner, "alter user joe password 'md5%s'".formatted(md5("Other456joe")));
      connect("joe", "Other456").close();
      execute(owner, "alter user joe password 'sha256|Third789'");
      connect("joe", "Third789").close();
      execute(owner, "alter user joe valid until '2020-01-01'");
      assertThatThrownBy(() -> connect("joe", "Third789"))
          .hasMessageContaining("password authentication failed for user \"joe\"");
      execute(owner, "alter user joe password disable valid until 'infinity'");
      assertThatThrownBy(() -> connect("joe", "Third789"))
          .hasMessageContaining("password authentication failed for user \"joe\"");
      execute(owner, "drop user joe");
    }
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(server().jdbcUrl(), login(user, password));
  }

  private static Connection connectByTls(String host, Path authority) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:redshift://%s:%d/dev?ssl=true&sslmode=verify-full&sslrootcert=%s"
            .formatted(host, server().port(), authority),
        login("awsuser", "Password1"));
  }

  private static Properties login(String user, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  private static void awaitRunningCopies() throws SQLException {
    try (Connection watcher = connect()) {
      org.awaitility.Awaitility.await()
          .until(
              () ->
                  value(watcher, "select count(*) from sys_load_history where status = 'running'")
                      .equals("1"));
    }
  }
}
