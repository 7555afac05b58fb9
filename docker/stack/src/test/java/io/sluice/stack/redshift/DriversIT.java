package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loader does, by the newest and by the oldest driver, in the clear and encrypted. */
@ParameterizedClass
@EnumSource(RedshiftDriver.class)
@Timeout(60)
class DriversIT extends RedshiftServerCase {
  private static final String COPY = "copy t from '%s' iam_role '%s' format as csv %s";

  @Parameter private RedshiftDriver driver;
  @TempDir private Path folder;
  private Path authority;

  @BeforeEach
  void writeAuthority() throws Exception {
    authority = Files.writeString(folder.resolve("ca.pem"), server().authorityPem());
  }

  @Test
  void loadsByTheRecipeOfALoader() throws SQLException {
    String manifest =
        objects().putManifest("drivers/m", objects().put("drivers/1.csv", "1,a,\n2,b,\n"));
    try (Connection connection = open()) {
      execute(connection, "create table if not exists driver_ledger (batch int)");
      execute(connection, "create table if not exists driver_lock (nothing int)");
      execute(connection, "set statement_timeout to 60000");
      execute(connection, "set query_group to 'load'");
      connection.setAutoCommit(false);

      execute(connection, "lock table driver_lock");
      assertThat(rows(connection, "select batch from driver_ledger where batch = 1")).isEmpty();
      execute(connection, COPY.formatted(manifest, ROLE, "manifest"));
      assertThat(value(connection, "select pg_last_copy_count()")).isEqualTo("2");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into driver_ledger values (?)")) {
        for (int batch = 1; batch <= 3; batch++) {
          insert.setInt(1, batch);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(3);
      }
      connection.commit();

      assertThat(value(connection, "select count(*) from t")).isEqualTo("2");
      assertThat(value(connection, "select count(*) from driver_ledger")).isEqualTo("3");
      connection.rollback();
      connection.setAutoCommit(true);
      execute(connection, "drop table driver_ledger, driver_lock");
    }
  }

  @Test
  void tellsWhyALoadHasFailedAndRollsBack() throws SQLException {
    String file = objects().put("drivers/bad.csv", "1,a,\nx,b,\n");
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      execute(connection, "insert into t (id) values (7)");

      assertThatThrownBy(() -> execute(connection, COPY.formatted(file, ROLE, "")))
          .hasMessageContaining("Check 'stl_load_errors' system table for details.")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("XX000"));

      connection.rollback();
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
      assertThat(
              value(
                  connection,
                  "select err_code, line_number from stl_load_errors where query = pg_last_copy_id()"))
          .isEqualTo("1207|2");
    }
  }

  @Test
  void cancelsInMidCopyAndGoesOn() throws Exception {
    String endless = objects().stream("drivers/endless.csv", () -> EndlessRows.of("1,a,\n"));
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Throwable> copy =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.execute(COPY.formatted(endless, ROLE, ""));
                  return null;
                } catch (SQLException e) {
                  return e;
                }
              });
      try (Connection watcher = connect()) {
        Awaitility.await()
            .until(
                () ->
                    value(watcher, "select count(*) from sys_load_history where status = 'running'")
                        .equals("1"));
      }
      statement.cancel();

      assertThat(copy.get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    }
  }

  @Test
  void readsInPiecesAndTakesEveryType() throws SQLException {
    try (Connection connection = open()) {
      execute(
          connection,
          "create temp table types (i int, b bigint, d decimal(10,2), f double precision, v varchar(20),"
              + " t timestamp, z timestamptz, y date, k boolean, s super)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into types values (?, ?, ?, ?, ?, ?, ?, ?, ?, json_parse('{\"a\":1}'))")) {
        for (int i = 0; i < 250; i++) {
          insert.setInt(1, i);
          insert.setLong(2, i);
          insert.setBigDecimal(3, new java.math.BigDecimal("1.50"));
          insert.setDouble(4, 0.5);
          insert.setString(5, "é'\\" + i);
          insert.setTimestamp(6, Timestamp.valueOf("2026-01-02 03:04:05"));
          insert.setTimestamp(7, Timestamp.valueOf("2026-01-02 03:04:05"));
          insert.setDate(8, java.sql.Date.valueOf("2026-01-02"));
          insert.setBoolean(9, true);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(100);
        int count = 0;
        try (ResultSet rows = statement.executeQuery("select * from types order by i")) {
          while (rows.next()) {
            assertThat(rows.getString(5)).isEqualTo("é'\\" + count++);
            assertThat(rows.getBigDecimal(3)).isEqualTo("1.50");
            assertThat(rows.getTimestamp(6)).isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05"));
            assertThat(rows.getBoolean(9)).isTrue();
          }
        }
        assertThat(count).isEqualTo(250);
      }
    }
  }

  @Test
  void commitsByTruncateAndKnowsThatItIsAlive() throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      execute(connection, "insert into t (id) values (1)");
      execute(connection, "truncate t");
      connection.rollback();
      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
      assertThatThrownBy(() -> execute(connection, "select nonsense"))
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42703"));
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void endsAStatementThatTakesTooLong() throws SQLException {
    try (Connection connection = open();
        Connection other = transaction()) {
      execute(other, "lock table t");
      execute(connection, "set statement_timeout to 300");

      assertThatThrownBy(() -> execute(connection, "insert into t (id) values (1)"))
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void takesTheDriversProperties() throws SQLException {
    try (Connection connection =
        driver.connect(
            server(),
            authority,
            "ApplicationName",
            "loader",
            "queryGroup",
            "etl",
            "readOnly",
            "true")) {
      assertThat(value(connection, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void describesTables() throws SQLException {
    try (Connection connection = open()) {
      DatabaseMetaData metadata = connection.getMetaData();

      assertThat(metadata.getDatabaseProductName()).isEqualTo("Redshift");
      try (ResultSet tables = metadata.getTables(null, "public", "t", new String[] {"TABLE"})) {
        assertThat(column(tables, "TABLE_NAME")).containsExactly("t");
      }
      try (ResultSet tables = metadata.getTables(null, null, "t", null)) {
        assertThat(column(tables, "TABLE_SCHEM")).containsExactly("public");
      }
      try (ResultSet columns = metadata.getColumns(null, "public", "t", "%")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.INTEGER);
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo("name");
        assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(8);
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
        assertThat(columns.next()).isTrue();
        assertThat(columns.next()).isFalse();
      }
      try (ResultSet keys = metadata.getPrimaryKeys(null, "public", "t")) {
        assertThat(keys.next()).isFalse();
      }
      try (ResultSet schemas = metadata.getSchemas()) {
        assertThat(column(schemas, "TABLE_SCHEM")).contains("public", "pg_catalog");
      }
    }
  }

  private Connection open() throws SQLException {
    return driver.connect(server(), authority);
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(name));
    }
    return values;
  }
}
