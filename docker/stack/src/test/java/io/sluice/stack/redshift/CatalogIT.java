package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Redshift's own views of the catalog and of what runs. */
class CatalogIT extends RedshiftServerCase {
  @Test
  void tellsOfTablesThatHaveRows() throws SQLException {
    String about =
        "select \"schema\", \"table\", tbl_rows, diststyle from svv_table_info where \"table\" = 't'";
    try (Connection connection = connect()) {
      assertThat(rows(connection, about)).isEmpty();
      execute(connection, "insert into t (id) values (1), (2)");
      assertThat(rows(connection, about)).containsExactly("public|t|2|EVEN");
      assertThat(
              rows(
                  connection,
                  "select column_name, is_nullable, data_type, character_maximum_length from svv_columns"
                      + " where table_name = 't' and table_schema = 'public' order by ordinal_position"))
          .containsExactly(
              "id|NO|integer|NULL",
              "name|YES|character varying|8",
              "at|YES|timestamp without time zone|NULL");
      assertThat(value(connection, "select table_type from svv_tables where table_name = 't'"))
          .isEqualTo("BASE TABLE");
    }
  }

  @Test
  void showsOnlyTablesOfTheSearchPath() throws SQLException {
    String about =
        "select schemaname, \"column\", type, \"notnull\" from pg_table_def where tablename = 'hidden'";
    try (Connection connection = connect()) {
      execute(connection, "create schema if not exists aside");
      execute(connection, "create table aside.hidden (s super, v varchar(7) not null)");
      try {
        assertThat(rows(connection, about)).isEmpty();
        execute(connection, "set search_path to aside, public");
        assertThat(rows(connection, about))
            .containsExactly("aside|s|super|f", "aside|v|character varying(7)|t");
      } finally {
        execute(connection, "drop table aside.hidden");
      }
    }
  }

  @Test
  void showsWhoIsThereAndWhoHoldsLocks() throws SQLException {
    try (Connection connection = transaction();
        Connection watcher = connect()) {
      execute(connection, "insert into t (id) values (1)");
      String pid = value(connection, "select pg_backend_pid()");

      assertThat(
              value(
                  watcher,
                  "select lock_status from stv_locks where table_id = 't'::regclass::oid and lock_owner_pid = "
                      + pid))
          .isEqualTo("Holding write lock");
      assertThat(value(watcher, "select count(*) from stv_sessions where process = " + pid))
          .isEqualTo("1");
      assertThat(value(watcher, "select user_name from stv_recents where pid = " + pid))
          .isEqualTo("awsuser");
      assertThat(
              value(
                  watcher,
                  "select distinct txn_owner from svv_transactions where granted and pid = " + pid))
          .isEqualTo("awsuser");
    }
  }

  @Test
  void tellsOfTheClusterAndTheDatabase() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*) from stv_slices")).isEqualTo("2");
      assertThat(value(connection, "select version()"))
          .startsWith("PostgreSQL 8.0.2")
          .contains("Redshift 1.0.");
      assertThat(value(connection, "select db_name, isolation_level from stv_db_isolation_level"))
          .matches("dev *\\|Snapshot Isolation");
    }
  }
}
