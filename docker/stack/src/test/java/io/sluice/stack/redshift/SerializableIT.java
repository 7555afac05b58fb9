package io.sluice.stack.redshift;

import static io.sluice.stack.redshift.LoaderRace.BATCHES;
import static io.sluice.stack.redshift.LoaderRace.ROWS;
import static io.sluice.stack.redshift.RedshiftServerCase.execute;
import static io.sluice.stack.redshift.RedshiftServerCase.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import io.sluice.stack.redshift.isolation.Isolation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A SERIALIZABLE database: conflicts are found table by table. */
@Timeout(120)
class SerializableIT {
  private static final String VIOLATION =
      "Serializable isolation violation on table - \\d+, transactions forming the cycle are: \\d+, \\d+ \\(pid:\\d+\\)";

  private static final InMemoryObjects OBJECTS = new InMemoryObjects();
  private static RedshiftServer server;

  @BeforeAll
  static void start() {
    server =
        RedshiftServer.start(RedshiftSettings.of(OBJECTS).withIsolation(Isolation.SERIALIZABLE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyTables() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "drop table if exists tab1, tab2");
      execute(connection, "create table tab1 (a int)");
      execute(connection, "create table tab2 (a int)");
      execute(connection, "insert into tab1 values (1)");
    }
  }

  @Test
  void loadsEveryBatchExactlyOnceWithTheLockFirstAndWithoutAnyConflict() throws Exception {
    LoaderRace race = new LoaderRace(SerializableIT::transaction, OBJECTS);

    race.withTheLockFirst();

    assertThat(race.conflicts()).isEmpty();
    assertEveryBatchIsThereOnce();
  }

  @Test
  void neverDoublesWhatIsCheckedFirstButAborts() throws Exception {
    LoaderRace race = new LoaderRace(SerializableIT::transaction, OBJECTS);

    race.withTheCheckFirst();

    assertThat(race.conflicts()).hasSize(BATCHES).allMatch(text -> text.matches(VIOLATION));
    assertEveryBatchIsThereOnce();
  }

  @Test
  void theCatalogTellsTheIsolation() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(
              RedshiftServerCase.value(
                  connection, "select isolation_level from stv_db_isolation_level"))
          .isEqualTo("Serializable");
    }
  }

  /** The example of "Troubleshooting serializable isolation errors". */
  @Test
  void failsTheLastStatementOfACrossing() throws SQLException {
    try (Connection first = transaction();
        Connection second = transaction()) {
      execute(first, "select * from tab1");
      execute(first, "insert into tab2 values (1)");
      execute(second, "insert into tab1 values (1)");

      assertViolation(second, "select * from tab2");

      first.commit();
      second.rollback();
      assertThat(value(first, "select count(*) from tab1")).isEqualTo("1");
    }
  }

  @Test
  void failsTheSecondOfTwoChangesOfOneTable() throws SQLException {
    try (Connection first = transaction();
        Connection second = transaction()) {
      execute(first, "select 1 from tab2");
      execute(second, "select 1 from tab2");
      execute(first, "update tab1 set a = 2 where a = 9");
      first.commit();

      assertViolation(second, "delete from tab1 where a = 7");
    }
  }

  @Test
  void letsBlindWritesAndLaterLooksPass() throws SQLException {
    try (Connection first = transaction();
        Connection second = transaction()) {
      execute(first, "select 1 from tab2");
      execute(second, "select 1 from tab2");
      execute(first, "insert into tab1 values (2)");
      first.commit();
      execute(second, "insert into tab1 values (3)");
      second.commit();

      execute(second, "update tab1 set a = 0");
      second.commit();
      assertThat(value(first, "select sum(a) from tab1")).isEqualTo("0");
    }
  }

  @Test
  void heedsNoTemporaryTables() throws SQLException {
    try (Connection first = transaction();
        Connection second = transaction()) {
      for (Connection connection : new Connection[] {first, second}) {
        execute(connection, "create temp table mine (a int)");
        execute(connection, "insert into mine select 1 from mine");
      }
      first.commit();
      second.commit();
      assertThat(value(second, "select count(*) from mine")).isEqualTo("0");
    }
  }

  private static void assertEveryBatchIsThereOnce() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*), count(distinct id) from t"))
          .isEqualTo(BATCHES * ROWS + "|" + BATCHES);
    }
  }

  private static void assertViolation(Connection connection, String sql) {
    assertThatThrownBy(() -> execute(connection, sql))
        .isInstanceOfSatisfying(
            RedshiftException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo("XX000");
              assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("1023");
              assertThat(e.getServerErrorMessage().getDetail()).matches(VIOLATION);
            });
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }

  private static Connection transaction() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    return connection;
  }
}
