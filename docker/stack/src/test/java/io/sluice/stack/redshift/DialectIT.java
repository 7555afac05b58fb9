package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redshift's own statements and functions, carried out. */
class DialectIT extends RedshiftServerCase {
  @BeforeEach
  void sourceAndTarget() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "drop table if exists source, target");
      execute(connection, "create table target (id int, name varchar(8))");
      execute(connection, "create table source (id int, name varchar(8))");
      execute(connection, "insert into target values (1, 'old'), (2, 'old')");
      execute(connection, "insert into source values (2, 'new'), (3, 'new')");
    }
  }

  @Test
  void mergesByUpdateOrDeleteAndInsert() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      int changed =
          statement.executeUpdate(
              "merge into target using source s on target.id = s.id"
                  + " when matched then update set name = case when s.id = 2 then s.name else 'x' end"
                  + " when not matched then insert (id, name) values (s.id, s.name)");
      assertThat(changed).isEqualTo(2);
      assertThat(rows(connection, "select * from target order by id"))
          .containsExactly("1|old", "2|new", "3|new");

      execute(
          connection,
          "merge into target using source on target.id = source.id when matched then delete"
              + " when not matched then insert values (source.id, source.name)");
      assertThat(rows(connection, "select id from target")).containsExactly("1");
    }
  }

  @Test
  void mergesWithoutDuplicates() throws SQLException {
    try (Connection connection = transaction()) {
      execute(connection, "insert into source values (3, 'new'), (2, 'newer')");

      execute(
          connection, "merge into target using source on target.id = source.id remove duplicates");

      assertThat(rows(connection, "select * from target order by id, name"))
          .containsExactly("1|old", "2|new", "2|newer", "3|new");
      connection.rollback();
      assertThat(value(connection, "select count(*) from target")).isEqualTo("2");
    }
  }

  @Test
  void refusesAMergeThatIsNotCertain() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "insert into source values (2, 'newer')");

      assertThatThrownBy(
              () ->
                  execute(
                      connection,
                      "merge into target using source on target.id = source.id"
                          + " when matched then update set name = source.name"
                          + " when not matched then insert values (source.id, source.name)"))
          .hasMessageContaining("Found multiple matches to update the same tuple.");
    }
  }

  @Test
  void appendsATableToAnother() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "alter table target append from source");

      assertThat(value(connection, "select count(*) from source")).isEqualTo("0");
      assertThat(rows(connection, "select id from target order by id"))
          .containsExactly("1", "2", "2", "3");
    }
  }

  @Test
  void appendsWhatTheTablesHaveInCommon() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "alter table source add column extra int");
      assertThatThrownBy(() -> execute(connection, "alter table target append from source"))
          .hasMessageContaining("column \"extra\" of the source is not in the target");
      execute(connection, "alter table target append from source ignoreextra");

      assertThatThrownBy(() -> execute(connection, "alter table source append from target"))
          .hasMessageContaining("column \"extra\" of the target is not in the source");
      execute(connection, "alter table source append from target filltarget");

      assertThat(value(connection, "select count(*), count(extra) from source")).isEqualTo("4|0");
      assertThatThrownBy(() -> execute(connection, "alter table target append from t"))
          .hasMessageContaining("ALTER TABLE APPEND: column");
      assertThatThrownBy(() -> execute(connection, "alter table target append from nowhere"))
          .hasMessageContaining("relation \"nowhere\" does not exist");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "alter table target append from source; ALTER TABLE APPEND",
        "alter table target alter column name type varchar(20); ALTER TABLE ALTER COLUMN",
        "vacuum; VACUUM",
        "vacuum full target; VACUUM"
      })
  void runsAloneOrNotAtAll(String sql, String command) throws SQLException {
    try (Connection connection = transaction()) {
      execute(connection, "select 1");
      assertThatThrownBy(() -> execute(connection, sql))
          .hasMessageContaining(command + " cannot run inside a transaction block")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25001"));
      assertThatThrownBy(() -> execute(connection, "select 1"))
          .hasMessageContaining("current transaction is aborted");
      connection.rollback();
      connection.setAutoCommit(true);

      execute(connection, sql);
    }
  }

  @Test
  void truncatesAtOnceAlsoInOneSimpleQuery() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "begin; insert into target values (9, 'x'); truncate table source; rollback");

      assertThat(value(connection, "select count(*) from source")).isEqualTo("0");
      assertThat(value(connection, "select count(*) from target")).isEqualTo("3");
    }
  }

  @Test
  void deletesAndUpdatesByAnotherTable() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "update target set name = s.name from source s where s.id = target.id");
      assertThat(value(connection, "select name from target where id = 2")).isEqualTo("new");
      execute(connection, "delete from target using source where source.id = target.id");
      assertThat(rows(connection, "select id from target")).containsExactly("1");
      execute(connection, "insert into target select * from source");
      execute(connection, "delete target where id = 3");
      assertThat(rows(connection, "select id from target order by 1")).containsExactly("1", "2");
    }
  }

  @Test
  void makesTablesFromOthers() throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, "create table #staging (like target)");
      execute(connection, "insert into #staging select * from target");
      execute(
          connection, "create temp table c distkey (id) sortkey (id) as select * from #staging");

      assertThat(value(connection, "select count(*) from c")).isEqualTo("2");
      assertThatThrownBy(() -> execute(connection, "insert into #staging values (1, 'äääää')"))
          .hasMessageContaining("value too long for type character varying(8)");
    }
  }

  @Test
  void escapesByBackslashInEveryString() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement query = connection.prepareStatement("select ?")) {
      assertThat(value(connection, "select 'a\\'b\\\\c\\td'")).isEqualTo("a'b\\c\td");
      query.setString(1, "it's \\ a ; -- test");
      try (var row = query.executeQuery()) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("it's \\ a ; -- test");
      }
    }
  }

  @Test
  void keepsSettings() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(value(connection, "show query_group")).isEqualTo("unset");
      execute(connection, "set query_group to 'load'");
      execute(connection, "set wlm_query_slot_count to 3");
      execute(connection, "set enable_result_cache_for_session to off");
      assertThat(value(connection, "show query_group")).isEqualTo("load");
      assertThat(value(connection, "show wlm_query_slot_count")).isEqualTo("3");
      execute(connection, "reset query_group");
      assertThat(value(connection, "show query_group")).isEqualTo("unset");
      execute(connection, "analyze");
      execute(connection, "analyze target (id) predicate columns");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "dateadd(month, 1, '2026-01-31'); 2026-02-28 00:00:00",
        "dateadd(qtr, -1, '2026-01-31 10:00'); 2025-10-31 10:00:00",
        "datediff(day, '2026-01-01 23:59', '2026-01-02 00:01'); 1",
        "datediff(month, '2025-12-31', '2026-01-01'); 1",
        "datediff(sec, '2026-01-01', '2026-01-01 00:01:00.5'); 60",
        "datediff(week, '2026-01-04', '2026-01-05'); 1",
        "date_part(year, timestamp '2026-05-06')::int; 2026",
        "convert_timezone('America/New_York', '2026-01-01 12:00:00'); 2026-01-01 07:00:00",
        "convert_timezone('UTC', 'Asia/Tokyo', '2026-01-01 12:00:00'); 2026-01-01 21:00:00",
        "nvl(null, 2); 2",
        "nvl2(1, 'a', 'b'); a",
        "decode(2, 1, 'a', 2, 'b', 'c'); b",
        "decode(3, 1, 'a'); NULL",
        "len('äö'); 2",
        "strtol('ff', 16); 255",
        "strtol('-101', 2); -5",
        "charindex('b', 'abc'); 2",
        "concat('a', null); NULL",
        "concat('a', 'b'); ab",
        "regexp_replace('abcabc', '[ac]', 'x'); xbxxbx",
        "regexp_replace('abcabc', 'a'); bcbc",
        "avg(x) from (select 1 x union select 2) y; 1",
        "avg(x) from (select 1::smallint x union select 2) y; 1",
        "avg(x::bigint) over () from (select -3 x) y; -3",
        "avg(x) from (select 1.0::float x union select 2) y; 1.5",
        "avg(x)::decimal(4,2) from (select 1.25 x) y; 1.25",
        "avg(x) from (select 1 x) y where x > 1; NULL",
        "last_day('2026-02-03'); 2026-02-28",
        "json_extract_path_text('{\"a\":{\"b\":1}}', 'a', 'b'); 1",
        "json_serialize(json_parse('{\"a\": [1, {\"b\": \"x y\"}]}')); {\"a\":[1,{\"b\":\"x y\"}]}",
        "is_valid_json('{'); f",
        "trunc(timestamp '2026-05-06 07:08'); 2026-05-06",
        "sha2('a', 256); ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "listagg(x, ',') within group (order by x desc) from (select 1 x union select 2) y; 2,1"
      })
  void computes(String expression, String expected) throws SQLException {
    try (Connection connection = connect()) {
      assertThat(value(connection, "select " + expression)).isEqualTo(expected);
    }
  }
}
