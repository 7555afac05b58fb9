package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazon.redshift.RedshiftConnection;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.ObjectException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RobustnessIT extends RedshiftServerCase {
  private static final String ROW = "1,a,\n";

  @Test
  void rollsBackTheCopyOfAKilledClientAndFreesItsLocks() throws Exception {
    String endless = objects().stream("killed/1.csv", () -> EndlessRows.of(ROW));
    Connection killed = transaction();
    int pid = ((RedshiftConnection) killed).getBackendPID();
    execute(killed, "insert into t (id) values (7)");
    CompletableFuture<Throwable> copy = copyAside(killed, endless);
    awaitRunningCopy(pid);

    killed.abort(Runnable::run);

    assertThat(copy.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
    try (Connection other = transaction()) {
      execute(other, "set statement_timeout to 10000");
      execute(other, "lock table t");
      assertThat(value(other, "select count(*) from t")).isEqualTo("0");
      // A session gives its locks back a moment before it is gone.
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          value(other, "select count(*) from pg_stat_activity where pid = " + pid))
                      .isEqualTo("0"));
    }
  }

  @Test
  void finishesTheAutocommitCopyOfAKilledClientAsRedshiftDoes() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    StuckStream gate = new StuckStream(reached);
    String file = objects().stream("survivor/1.csv", () -> gate);
    String rows = objects().put("survivor/0.csv", ROW);
    Connection killed = connect();
    CompletableFuture<Throwable> copy =
        copyAside(killed, objects().putManifest("survivor/m", rows, file), "manifest");
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

    killed.abort(Runnable::run);
    assertThat(copy.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
    gate.release();

    try (Connection other = connect()) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> value(other, "select count(*) from t").equals("1"));
    }
  }

  @Test
  void endsTheWaitForALockWhenItsClientIsKilled() throws Exception {
    String file = objects().put("waiting/1.csv", ROW);
    try (Connection holder = transaction()) {
      execute(holder, "lock table t");
      Connection killed = transaction();
      int pid = ((RedshiftConnection) killed).getBackendPID();
      CompletableFuture<Throwable> copy = copyAside(killed, file);
      try (Connection watcher = connect()) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> value(watcher, waiting(pid)).equals("1"));

        killed.abort(Runnable::run);

        assertThat(copy.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> value(watcher, waiting(pid)).equals("0"));
      }
    }
  }

  @Test
  void cancelsWhileAnObjectIsRead() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    StuckStream stuck = new StuckStream(reached);
    String file = objects().stream("stuck/1.csv", () -> stuck);

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> cancelWhen(reached, connection, file))
          .satisfies(RobustnessIT::isCancelled);
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    } finally {
      stuck.release();
    }
  }

  @Test
  void cancelsWhileThePrefixIsListed() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    StuckStream stuck = new StuckStream(reached);
    objects().stall("listed/", () -> assertThat(stuck.read()).isNegative());

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> cancelWhen(reached, connection, "s3://lake/listed/"))
          .satisfies(RobustnessIT::isCancelled);
      assertThat(connection.isValid(5)).isTrue();
    } finally {
      stuck.release();
    }
  }

  @Test
  void obeysTheStatementTimeoutInACopy() throws SQLException {
    String endless = objects().stream("timeout/1.csv", () -> EndlessRows.of(ROW));
    StuckStream stuck = new StuckStream(new CountDownLatch(1));
    String silent = objects().stream("timeout/2.csv", () -> stuck);

    try (Connection connection = connect()) {
      execute(connection, "set statement_timeout to 1000");
      assertThatThrownBy(() -> copy(connection, endless, "")).satisfies(RobustnessIT::isCancelled);
      assertThatThrownBy(() -> copy(connection, silent, "")).satisfies(RobustnessIT::isCancelled);
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    } finally {
      stuck.release();
    }
  }

  @Test
  void countsTheWaitForTheLockInTheStatementTimeout() throws SQLException {
    String file = objects().put("queue/1.csv", ROW);
    try (Connection holder = transaction();
        Connection connection = connect()) {
      execute(holder, "lock table t");
      execute(connection, "set statement_timeout to 1000");

      assertThatThrownBy(() -> copy(connection, file, "")).satisfies(RobustnessIT::isCancelled);
    }
  }

  @Test
  void servesThirtySessionsAtOnce() throws Exception {
    String file = objects().put("thirty/1.csv", ROW.repeat(100));
    int sessions = 30;
    ExecutorService pool = Executors.newFixedThreadPool(sessions);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        String own = "thirty_" + i;
        results.add(pool.submit(() -> loadIntoOwnTable(own, file)));
      }
      for (Future<String> result : results) {
        assertThat(result.get(50, TimeUnit.SECONDS)).isEqualTo("100");
      }
    } finally {
      pool.shutdownNow();
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> server().sessions() == 0);
  }

  @Test
  void closesInSecondsWhateverItsSessionsDo() throws Exception {
    CountDownLatch reached = new CountDownLatch(3);
    RedshiftServer server = RedshiftServer.start(RedshiftSettings.of(new StuckObjects(reached)));
    List<CompletableFuture<Throwable>> copies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Connection connection =
          DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
      execute(connection, "create table t" + i + " (id int)");
      copies.add(failure(connection, "copy t" + i + " from 's3://lake/x' iam_role default csv"));
    }
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

    long begun = System.nanoTime();
    server.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    for (CompletableFuture<Throwable> copy : copies) {
      assertThat(copy.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void letsWritersOfOneTableWaitForEachOtherInsteadOfDeadlocking() throws Exception {
    String file = objects().put("racing/1.csv", ROW);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> racers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        racers.add(pool.submit(() -> insertThenCopy(file, 10)));
      }
      for (Future<?> racer : racers) {
        racer.get(50, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }

    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*) from t")).isEqualTo("40");
    }
  }

  private static Void insertThenCopy(String file, int times) throws SQLException {
    try (Connection connection = transaction()) {
      for (int i = 0; i < times; i++) {
        execute(connection, "insert into t (id) values (7)");
        copy(connection, file, "");
        connection.commit();
      }
    }
    return null;
  }

  private static String loadIntoOwnTable(String table, String file) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "create table " + table + " (id int, name varchar(8), at timestamp)");
      execute(connection, "copy " + table + " from '" + file + "' iam_role default csv");
      String count = value(connection, "select count(*) from " + table);
      execute(connection, "drop table " + table);
      return count;
    }
  }

  private static void cancelWhen(CountDownLatch reached, Connection connection, String url)
      throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> cancel =
          CompletableFuture.runAsync(
              () -> {
                try {
                  assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
                  statement.cancel();
                } catch (InterruptedException | SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      try {
        statement.execute("copy t from '" + url + "' iam_role default csv");
      } finally {
        cancel.get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static void isCancelled(Throwable failure) {
    assertThat(failure).hasMessageContaining("cancelled on user's request");
    assertThat(((SQLException) failure).getSQLState()).isEqualTo("57014");
  }

  private static void awaitRunningCopy(int pid) throws SQLException {
    try (Connection watcher = connect()) {
      String running =
          "select count(*) from sys_load_history where status = 'running' and session_id = " + pid;
      await().atMost(Duration.ofSeconds(20)).until(() -> value(watcher, running).equals("1"));
    }
  }

  private static String waiting(int pid) {
    return "select count(*) from pg_locks where not granted and pid = " + pid;
  }

  private static CompletableFuture<Throwable> copyAside(Connection connection, String url) {
    return copyAside(connection, url, "");
  }

  private static CompletableFuture<Throwable> copyAside(
      Connection connection, String url, String options) {
    return failure(connection, "copy t from '" + url + "' iam_role default csv " + options);
  }

  /** Runs the statement on a thread of its own; the result is its failure, or null. */
  private static CompletableFuture<Throwable> failure(Connection connection, String sql) {
    Executor aside = task -> new Thread(task, "aside").start();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            execute(connection, sql);
            return null;
          } catch (SQLException e) {
            return e;
          }
        },
        aside);
  }

  /** A store whose one object cannot be read. */
  private record StuckObjects(CountDownLatch reached) implements CopyObjects {
    @Override
    public List<StoredObject> list(String bucket, String prefix) {
      return List.of(new StoredObject(prefix, 1));
    }

    @Override
    public OptionalLong size(String bucket, String key) {
      return OptionalLong.of(1);
    }

    @Override
    public InputStream open(String bucket, String key) throws ObjectException {
      return new StuckStream(reached);
    }
  }
}
