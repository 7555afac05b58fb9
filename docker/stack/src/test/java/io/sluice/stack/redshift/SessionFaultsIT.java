package io.sluice.stack.redshift;

import static io.sluice.stack.fault.StandIn.REDSHIFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazon.redshift.util.RedshiftException;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was ordered for Redshift, as its driver sees it. */
class SessionFaultsIT extends RedshiftServerCase {
  private static final String LOCKS_OF_T =
      "select count(*) from pg_locks where relation = 't'::regclass and mode = 'AccessExclusiveLock' and granted";

  private String url;

  @BeforeEach
  void twoRows() {
    url = objects().put("faults/two.csv", "1,a,2026-01-01 00:00:00\n2,b,2026-01-01 00:00:00\n");
  }

  @Test
  void losesTheConnectionBeforeACommitWithoutItsEffect() throws SQLException {
    order(Fault.LOST_BEFORE_COMMIT);

    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);

    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  @Test
  void losesTheConnectionAfterACommitWithItsEffect() throws SQLException {
    order(Fault.LOST_AFTER_COMMIT);

    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);

    assertThat(rowsBehindALock()).isEqualTo("2");
  }

  @Test
  void keepsTheLossAfterACommitForATransactionThatCommits() throws SQLException {
    order(Fault.LOST_AFTER_COMMIT);
    try (Connection connection = connect()) {
      execute(connection, "begin");
      assertThatThrownBy(() -> execute(connection, "select * from nowhere"))
          .isInstanceOf(SQLException.class);

      execute(connection, "commit");

      assertThat(value(connection, "select 1")).isEqualTo("1");
    }
    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);
    assertThat(rowsBehindALock()).isEqualTo("2");
  }

  @Test
  void losesTheConnectionDuringACommitWithEitherFate() throws SQLException {
    faults().order(FaultOrder.of(REDSHIFT, Fault.LOST_DURING_COMMIT).times(12));
    int committed = 0;
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);
      if (!rowsBehindALock().equals("0")) {
        committed++;
      }
      try (Connection connection = connect()) {
        execute(connection, "delete from t");
      }
    }

    assertThat(committed).isBetween(1, 11);
  }

  @Test
  void losesTheConnectionInACopyAndRollsBack() throws SQLException {
    order(Fault.LOST_IN_COPY);

    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);

    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  @Test
  void losesTheConnectionInACopyThatGoesOnAsATransactionOfItsOwn() throws SQLException {
    order(Fault.LOST_IN_COPY);

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> copy(connection, url, "")).isInstanceOf(SQLException.class);
    }

    await().untilAsserted(() -> assertThat(rowsBehindALock()).isEqualTo("2"));
  }

  @ParameterizedTest
  @CsvSource({"COPY", "COMMIT"})
  void findsNoSerialOrder(String operation) throws SQLException {
    faults().order(FaultOrder.of(REDSHIFT, Fault.SERIALIZATION_CONFLICT).at(operation));

    assertThatThrownBy(this::loadAndCommit)
        .isInstanceOfSatisfying(
            RedshiftException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo("XX000");
              assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("1023");
              assertThat(e.getServerErrorMessage().getDetail())
                  .startsWith("Serializable isolation violation on table - ");
            });

    assertThat(rowsBehindALock()).isEqualTo("0");
    loadAndCommit();
    assertThat(rowsBehindALock()).isEqualTo("2");
  }

  @Test
  void cancelsByTimeout() {
    order(Fault.STATEMENT_TIMEOUT);

    refuses("57014", "cancelled on user's request", this::loadAndCommit);
  }

  @Test
  void runsOutOfDisk() {
    order(Fault.DISK_FULL);

    refuses("53100", "Disk Full", this::loadAndCommit);
  }

  @ParameterizedTest
  @CsvSource({"S3_ERROR, SlowDown", "S3_ACCESS_DENIED, AccessDenied"})
  void meetsAnErrorOfS3InsideACopy(Fault fault, String code) {
    faults().order(FaultOrder.of(REDSHIFT, fault).on("lake/faults/*"));

    refuses("XX000", "Error " + code, this::loadAndCommit);
  }

  @Test
  void aFaultStrikesOnlyTheTableThatWasNamed() throws SQLException {
    faults().order(FaultOrder.of(REDSHIFT, Fault.DISK_FULL).at("COPY").on("other"));

    loadAndCommit();

    assertThat(rowsBehindALock()).isEqualTo("2");
  }

  @Test
  void copiesSlowlyAndCanBeCancelledMeanwhile() throws Exception {
    faults().order(FaultOrder.of(REDSHIFT, Fault.SLOW_COPY).lasting(Duration.ofMillis(600)));
    long begun = System.nanoTime();
    loadAndCommit();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(600));

    faults().order(FaultOrder.of(REDSHIFT, Fault.SLOW_COPY).lasting(Duration.ofMinutes(5)));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(() -> copies(statement));
      await().until(() -> faults().reports().stream().allMatch(report -> report.struck() == 1));
      statement.cancel();

      await().atMost(Duration.ofSeconds(10)).until(slow::isDone);
      assertThat(slow.get()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOCK, t, lock table t",
    "SELECT, t, select 1 from public.t where id = 1",
    "INSERT, t, insert into public.t (id) values (1)",
    "UPDATE, t, update t set id = 1",
    "DELETE, t, delete from public.t",
    "SELECT, '', select 1"
  })
  void losesTheConnectionBeforeAStatement(String command, String table, String sql)
      throws SQLException {
    FaultOrder order = FaultOrder.of(REDSHIFT, Fault.RESET).at(command).on(table);
    try (Connection connection = transaction()) {
      execute(connection, "insert into t (id) values (7)");
      faults().order(order);
      assertThatThrownBy(() -> execute(connection, sql)).isInstanceOf(SQLException.class);
    }
    assertThat(rowsBehindALock()).isEqualTo("0");

    faults().order(order);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
    }
    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  @Test
  void losesTheConnectionInALogin() throws SQLException {
    faults().order(FaultOrder.of(REDSHIFT, Fault.RESET).at("CONNECT"));

    assertThatThrownBy(RedshiftServerCase::connect).isInstanceOf(SQLException.class);

    connect().close();
  }

  @ParameterizedTest
  @CsvSource({"CONNECT, awsuser", "COPY, t"})
  void holdsALoginAndACopy(String operation, String resource) throws Exception {
    long order = faults().order(FaultOrder.of(REDSHIFT, Fault.HOLD).at(operation).on(resource));

    CompletableFuture<Void> load = inBackground(this::loadAndCommit);
    await().until(() -> faults().report(order).orElseThrow().isSpent());
    assertThat(load).isNotDone();
    assertThat(rows()).isEqualTo("0");
    faults().withdraw(order);

    load.get();
    assertThat(rows()).isEqualTo("2");
  }

  @Test
  void holdsAStatementUntilTheOrderIsWithdrawn() throws Exception {
    long order = faults().order(FaultOrder.of(REDSHIFT, Fault.HOLD).at("COMMIT"));

    CompletableFuture<Void> commit = inBackground(this::loadAndCommit);
    await().until(() -> faults().report(order).orElseThrow().isSpent());
    assertThat(rows()).isEqualTo("0");
    assertThat(commit).isNotDone();
    faults().withdraw(order);

    commit.get();
    assertThat(rows()).isEqualTo("2");
  }

  @Test
  void holdsAStatementAndNotThoseBeforeItInTheSameRoundTrip() throws Exception {
    long order = faults().order(FaultOrder.of(REDSHIFT, Fault.HOLD).at("SELECT").on("t"));
    try (Connection connection = transaction();
        Connection observer = connect()) {
      CompletableFuture<Void> both =
          inBackground(() -> execute(connection, "lock t; select count(*) from t"));
      await().until(() -> faults().report(order).orElseThrow().isSpent());

      await().untilAsserted(() -> assertThat(value(observer, LOCKS_OF_T)).isEqualTo("1"));
      assertThat(both).isNotDone();
      faults().withdraw(order);

      both.get();
    }
  }

  @Test
  void doesNotCarryAStatementOutWhoseClientHasEndedWhileItWasHeld() throws Exception {
    long order = faults().order(FaultOrder.of(REDSHIFT, Fault.HOLD).at("COMMIT"));
    try (Connection connection = transaction()) {
      copy(connection, url, "");
      CompletableFuture<Void> commit = inBackground(connection::commit);
      await().until(() -> faults().report(order).orElseThrow().isSpent());

      connection.abort(Runnable::run);

      assertThat(commit).failsWithin(Duration.ofSeconds(10));
    }
    assertThat(rowsBehindALock()).isEqualTo("0");
    faults().withdraw(order);
    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  @Test
  void holdsTheAnswerOfACommitThatHasHappened() throws Exception {
    long order = faults().order(FaultOrder.of(REDSHIFT, Fault.HELD_ANSWER));

    CompletableFuture<Void> commit = inBackground(this::loadAndCommit);
    await().until(() -> faults().report(order).orElseThrow().isSpent());
    assertThat(rowsBehindALock()).isEqualTo("2");
    assertThat(commit).isNotDone();
    faults().withdraw(order);

    commit.get();
  }

  @Test
  void refusesALogin() throws SQLException {
    faults().order(FaultOrder.of(REDSHIFT, Fault.LOGIN_REFUSED).on("awsuser"));

    refuses(
        "28000",
        "password authentication failed for user \"awsuser\"",
        RedshiftServerCase::connect);

    connect().close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"PAUSED", "RESTART"})
  void goesDownWithAllSessionsAndComesBack(Fault outage) throws SQLException {
    try (Connection idle = connect();
        Connection working = transaction()) {
      execute(working, "insert into t (id) values (9)");
      faults().order(FaultOrder.of(REDSHIFT, outage).at("COPY").lasting(Duration.ofHours(1)));

      assertThatThrownBy(() -> copy(working, url, "")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> execute(idle, "select 1")).isInstanceOf(SQLException.class);
      if (outage == Fault.RESTART) {
        refuses("57P03", "the database system is starting up", RedshiftServerCase::connect);
      } else {
        assertThatThrownBy(RedshiftServerCase::connect).isInstanceOf(SQLException.class);
      }
    }

    faults().withdrawAll();

    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"PAUSED", "RESTART"})
  void comesBackByItself(Fault outage) {
    faults().order(FaultOrder.of(REDSHIFT, outage).at("COPY").lasting(Duration.ofMillis(500)));
    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);

    await().ignoreExceptions().untilAsserted(this::loadAndCommit);
  }

  @Test
  void restartsInACommitThatDidNotHappen() throws SQLException {
    faults()
        .order(FaultOrder.of(REDSHIFT, Fault.RESTART).at("COMMIT").lasting(Duration.ofMillis(1)));

    assertThatThrownBy(this::loadAndCommit).isInstanceOf(SQLException.class);

    assertThat(rowsBehindALock()).isEqualTo("0");
  }

  private void order(Fault fault) {
    faults().order(FaultOrder.of(REDSHIFT, fault));
  }

  private void loadAndCommit() throws SQLException {
    try (Connection connection = transaction()) {
      copy(connection, url, "");
      connection.commit();
    }
  }

  /** The lock waits for the fate of sessions that were lost. */
  private static String rowsBehindALock() throws SQLException {
    try (Connection connection = transaction()) {
      execute(connection, "lock t");
      return value(connection, "select count(*) from t");
    }
  }

  private static String rows() throws SQLException {
    try (Connection connection = connect()) {
      return value(connection, "select count(*) from t");
    }
  }

  /** Work that may fail with an {@link SQLException}. */
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  private static CompletableFuture<Void> inBackground(Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private boolean copies(Statement statement) {
    try {
      statement.execute("COPY t FROM '%s' IAM_ROLE '%s' CSV".formatted(url, ROLE));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void refuses(String state, String text, ThrowingCallable work) {
    assertThatThrownBy(work)
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo(state));
  }
}
