package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionIT extends RedshiftServerCase {
  @Test
  void refusesAWrongPassword() {
    assertThatThrownBy(() -> connect("wrong"))
        .hasMessageContaining("password authentication failed for user \"awsuser\"")
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28000"));
  }

  @Test
  void runsPreparedStatementsAndBatches() throws SQLException {
    try (Connection connection = transaction();
        PreparedStatement insert =
            connection.prepareStatement("insert into t (id, name) values (?, ?)")) {
      assertThat(connection.isValid(5)).isTrue();
      for (int i = 0; i < 20; i++) {
        insert.setInt(1, i);
        insert.setString(2, "n" + i);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();

      assertThat(value(connection, "select count(*) from t")).isEqualTo("20");
    }
  }

  @Test
  void countsBytesAndEnforcesNoKeys() throws SQLException {
    try (Connection connection = connect()) {
      execute(
          connection,
          "create temp table k (id int primary key distkey encode az64, name varchar(4), j super, unique (name))"
              + " diststyle key compound sortkey (id, name)");
      execute(connection, "insert into k (id, name) values (1, 'a'), (1, 'a')");

      assertThat(value(connection, "select count(*) from k")).isEqualTo("2");
      assertThatThrownBy(() -> execute(connection, "insert into k (id, name) values (2, 'ééé')"))
          .hasMessageContaining("value too long for type character varying(4)");
      assertThatThrownBy(
              () -> execute(connection, "insert into k (id) values (1) on conflict do nothing"))
          .hasMessageContaining("syntax error at or near \"on\"");
      assertThatThrownBy(() -> execute(connection, "savepoint s"))
          .hasMessageContaining("SQL command \"savepoint s\" not supported on Redshift tables.");
      execute(connection, "set query_group to 'load'");
      execute(connection, "set statement_timeout to 60000");
      assertThat(value(connection, "select version()")).contains("Redshift");
      assertThat(value(connection, "select getdate() <= sysdate")).isIn("t", "f");
    }
  }

  @Test
  void commitsWithTruncate() throws SQLException {
    try (Connection connection = transaction()) {
      execute(connection, "insert into t (id) values (1)");
      execute(connection, "truncate t");
      execute(connection, "insert into t (id) values (2)");
      connection.rollback();

      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    }
  }

  @Test
  void takesTheSnapshotBehindTheLock() throws Exception {
    try (Connection first = transaction();
        Connection second = transaction()) {
      execute(first, "lock table t");
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  execute(second, "lock t");
                  return value(second, "select count(*) from t");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      execute(first, "insert into t (id) values (1)");
      first.commit();

      assertThat(waiting.get()).isEqualTo("1");
      second.rollback();
    }
  }

  @Test
  void doublesWhatIsCheckedBeforeTheCopy() throws SQLException {
    String file = objects().put("race/1.csv", "1,a,\n");

    try (Connection first = transaction();
        Connection second = transaction()) {
      assertThat(value(first, "select count(*) from t")).isEqualTo("0");
      assertThat(value(second, "select count(*) from t")).isEqualTo("0");
      copy(first, file, "");
      first.commit();
      copy(second, file, "");
      second.commit();

      assertThat(value(first, "select count(*) from t")).isEqualTo("2");
    }
  }

  @Test
  void cancelsInMidCopy() throws Exception {
    String endless = objects().stream("endless/1.csv", () -> EndlessRows.of("1,a,\n"));

    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
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
      try (Connection watcher = connect()) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    value(watcher, "select count(*) from sys_load_history where status = 'running'")
                        .equals("1"));
      }
      statement.cancel();

      assertThat(copy.get())
          .hasMessageContaining("cancelled on user's request")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57014"));
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    }
  }
}
