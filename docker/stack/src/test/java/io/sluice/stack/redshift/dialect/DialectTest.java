package io.sluice.stack.redshift.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.stack.redshift.dialect.Translation.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DialectTest {
  static Stream<Arguments> rewritten() {
    return Stream.of(
        arguments("select 1", "select 1"),
        arguments(
            "create table t (id int primary key, b int unique references u (x))",
            "create table t (id int NOT NULL, b int)"),
        arguments(
            "create table t (id int encode az64 distkey sortkey, primary key (id), unique (id),"
                + " foreign key (id) references u (id))"
                + " backup no diststyle key distkey (id) compound sortkey (id)",
            "create table t (id int NOT NULL)"),
        arguments("create table t (id int) sortkey auto", "create table t (id int)"),
        arguments(
            "create table t (id bigint identity(0,1))",
            "create table t (id bigint GENERATED ALWAYS AS IDENTITY"
                + " (START WITH 0 INCREMENT BY 1 MINVALUE 0))"),
        arguments(
            "create table t (d decimal, c char, f double precision, s super, v varbyte(9))",
            "create table t (d numeric(18,0), c char(1), f double precision, s jsonb, v bytea"
                + " CONSTRAINT \"varchar_bytes_v\" CHECK (octet_length(\"v\") <= 9 OR"
                + " redshift.too_long(\"v\", 9)))"),
        arguments(
            "create table t (v varchar(max) default 'a' not null)",
            "create table t (v varchar(65535) DEFAULT 'a' NOT NULL CONSTRAINT"
                + " \"varchar_bytes_v\" CHECK (octet_length(\"v\") <= 65535 OR"
                + " redshift.too_long(\"v\", 65535)))"),
        arguments("create table t (like u)", "create table t (like u INCLUDING CONSTRAINTS)"),
        arguments(
            "create table t distkey (a) as select sysdate a",
            "create table t as select redshift.sysdate() a"),
        arguments("alter table t add primary key (a)", "alter table t SET WITHOUT CLUSTER"),
        arguments("alter table t alter sortkey (a)", "alter table t SET WITHOUT CLUSTER"),
        arguments("alter table t alter a encode lzo", "alter table t SET WITHOUT CLUSTER"),
        arguments("alter table t add column s super", "alter table t ADD COLUMN s jsonb"),
        arguments("set query_group to 'load'", "set redshift.query_group to 'load'"),
        arguments("set statement_timeout to 5", "set statement_timeout to 5"),
        arguments("begin isolation level serializable", "begin "),
        arguments(
            "set default_transaction_isolation to 'read committed'",
            "SET redshift.isolation_level TO 'ignored'"),
        arguments("begin read only, isolation level read committed", "begin read only"),
        arguments("select version(), nvl(a, 1)", "select redshift.version(), coalesce(a, 1)"),
        arguments("select 'sysdate', t.version()", "select 'sysdate', t.version()"),
        arguments("select '{}'::super", "select '{}'::jsonb"),
        arguments(
            "select dateadd(day, 1, sysdate), datediff('hour', a, b)",
            "select dateadd('day', 1, redshift.sysdate()), datediff('hour', a, b)"),
        arguments(
            "select decode(a, 1, nvl(b, 'x'), 2, 'y', 'z')",
            "select (case a when  1 then  coalesce(b, 'x') when  2 then  'y' else  'z' end)"),
        arguments("select decode(a, 'hex')", "select decode(a, 'hex')"),
        arguments(
            "select listagg(distinct a, ',') within group (order by a) from t",
            "select string_agg(distinct  (a)::text, ' order by a)  from t"
                .replace("' order", "',' order")),
        arguments("select listagg(a) from t", "select string_agg((a)::text, '') from t"),
        arguments(
            "select top 3 a from (select distinct top 2 a from t) x",
            "select  a from (select distinct  a from t limit 2) x limit 3"),
        arguments(
            "create table #Staging (like t)",
            "create temp table \"#staging\" (like t INCLUDING CONSTRAINTS)"),
        arguments("select a from #staging", "select a from \"#staging\""),
        arguments(
            "select approximate count(distinct a) from t", "select  count(distinct a) from t"),
        arguments("vacuum delete only t to 99 percent boost", "analyze t"),
        arguments("vacuum", "set redshift.maintenance to 'done'"),
        arguments("analyze verbose s.t (a, b) predicate columns", "analyze s.t(a, b)"),
        arguments(
            "show query_group", "select current_setting('redshift.query_group') as query_group"),
        arguments("show search_path", "show search_path"),
        arguments(
            "alter table s.t append from u filltarget",
            "call redshift.append_rows('\"s\".\"t\"', '\"u\"', 'filltarget')"),
        arguments(
            "create user joe with password 'Secret123' createuser in group a, b connection limit 5",
            "create user joe PASSWORD 'Secret123' CREATEDB CREATEROLE IN ROLE a, b CONNECTION LIMIT 5"),
        arguments(
            "alter user joe password disable valid until '2030-01-01'",
            "alter user joe PASSWORD NULL VALID UNTIL '2030-01-01'"),
        arguments(
            "create user joe password 'sha256|Secret123'", "create user joe PASSWORD 'Secret123'"));
  }

  @ParameterizedTest
  @MethodSource("rewritten")
  void rewrites(String sql, String expected) {
    Translation translation = only(sql);

    assertThat(translation.kind()).isIn(Kind.PASSED, Kind.READ);
    assertThat(translation.sql()).isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("savepoint s", "0A000", notSupported("savepoint s")),
        arguments("rollback to s", "0A000", notSupported("rollback to s")),
        arguments("create index i on t (a)", "0A000", notSupported("create index i on t (a)")),
        arguments(
            "create unique index i on t (a)",
            "0A000",
            notSupported("create unique index i on t (a)")),
        arguments(
            "insert into t values (1) on conflict do nothing",
            "42601",
            "syntax error at or near \"on\""),
        arguments(
            "insert into t values (1) returning a",
            "42601",
            "syntax error at or near \"returning\""),
        arguments(
            "select 1 from t for update", "0A000", "SELECT FOR UPDATE/SHARE is not supported"),
        arguments("lock t in share mode", "42601", "syntax error at or near \"in\""),
        arguments(
            "select pg_advisory_lock(1)", "42883", "function pg_advisory_lock does not exist"),
        arguments(
            "create table t (a int check (a > 0))", "42601", "syntax error at or near \"check\""),
        arguments(
            "create table t (a int, check (a > 0))",
            "0A000",
            "CHECK constraints are not supported"),
        arguments(
            "copy t from stdin", "0A000", "COPY from STDIN is not supported; load from 's3://...'"),
        arguments("copy t to stdout", "42601", "syntax error at or near \"to\""),
        arguments("unload ('select 1') to 's3://b/'", "0A000", "UNLOAD is not in the stand-in"),
        arguments("create sequence s", "0A000", notSupported("create sequence s")),
        arguments("drop trigger a on t", "0A000", notSupported("drop trigger a on t")),
        arguments("create extension x", "42601", "syntax error at or near \"extension\""),
        arguments("do 'x'", "42601", "syntax error at or near \"do\""),
        arguments("values (1)", "42601", "syntax error at or near \"values\""),
        arguments("create database x", "0A000", "CREATE DATABASE is not in the stand-in"),
        arguments(
            "select distinct on (a) a from t", "0A000", "SELECT DISTINCT ON is not supported"),
        arguments("select gen_random_uuid()", "42883", "function gen_random_uuid does not exist"),
        arguments(
            "create table t (id serial)",
            "0A000",
            "Column \"t.id\" has unsupported type \"serial\"."),
        arguments(
            "alter table t add column a int[]",
            "0A000",
            "Column \"t.a\" has unsupported type \"int[]\"."),
        arguments(
            "create table t (a varchar(65536))",
            "22023",
            "length for type varchar cannot exceed 65535"),
        arguments(
            "alter table t add column a char(4097)",
            "22023",
            "length for type char cannot exceed 4096"),
        arguments(
            "create table t (a decimal(39, 2))",
            "22023",
            "NUMERIC precision 39 must be between 1 and 38"),
        arguments("create table t (id uuid)", "42704", "type \"uuid\" does not exist"),
        arguments(
            "create table t (a int) partition by range (a)",
            "42601",
            "syntax error at or near \"partition\""),
        arguments("truncate t, u", "42601", "syntax error at or near \",\""),
        arguments(
            "merge into t x using u on x.a = u.a when matched then delete",
            "42601",
            "syntax error at or near \"x\""),
        arguments(
            "merge into t using (select 1) u on t.a = u.a remove duplicates",
            "0A000",
            "Source view/subquery in Merge statement is not supported."),
        arguments(
            "merge into t using u on t.a = u.a when matched and t.b then delete",
            "42601",
            "syntax error at or near \"and\""),
        arguments(
            "merge into t using u on t.a = u.a when not matched then insert values (1)",
            "42601",
            "syntax error at or near \"not\""),
        arguments(
            "alter table t append from u everything",
            "42601",
            "syntax error at or near \"everything\""),
        arguments(
            "create user joe password 'sha256|abc|def'",
            "0A000",
            "A sha256 digest as PASSWORD is not in the stand-in: it checks logins by md5"),
        arguments(
            "create user joe password 'short'",
            "22023",
            "Password must have 8 to 64 printable characters, among them an uppercase letter, a"
                + " lowercase letter and a number, and none of ' \" \\ / @"),
        arguments("select 'a", "42601", "unterminated quoted string at or near \"'a\""));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatRedshiftRefuses(String sql, String state, String message) {
    Translation translation = only(sql);

    assertThat(translation.kind()).isEqualTo(Kind.REFUSED);
    assertThat(translation.refusal().sqlState()).isEqualTo(state);
    assertThat(translation.refusal().message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "commit, COMMIT",
    "end, COMMIT",
    "rollback, PASSED",
    "truncate t, TRUNCATE",
    "copy t from 's3://b/k' iam_role default csv, COPY",
    "select 1 from insert_log, READ",
    "with a as (select 1) select * from a, READ",
    "(select 1), READ",
    "lock t, PASSED"
  })
  void knowsWhatNeedsCare(String sql, Kind kind) {
    assertThat(only(sql).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "insert into t select 1, \"t\"",
        "delete from S.T where a = 1, \"s\".\"t\"",
        "delete t, \"t\"",
        "merge into s.t using u on t.a = u.a remove duplicates, \"s\".\"t\"",
        "update \"T\" set a = 1, \"T\"",
        "merge into t using u on t.a = u.a when matched then delete when not matched then insert values (u.a), \"t\""
      })
  void knowsTheTableThatIsWrittenTo(String sql, String table) {
    Translation translation = only(sql);

    assertThat(translation.kind()).isEqualTo(Kind.WRITE);
    assertThat(translation.written()).isEqualTo(table);
  }

  @Test
  void partsStatementsButNotStrings() {
    List<Translation> translations = Dialect.translate("select ';'; ; commit -- ;\n;");

    assertThat(translations).extracting(Translation::kind).containsExactly(Kind.READ, Kind.COMMIT);
    assertThat(translations.get(0).sql()).isEqualTo("select ';'");
    assertThat(Dialect.translate(" -- nothing")).isEmpty();
  }

  private static Translation only(String sql) {
    List<Translation> translations = Dialect.translate(sql);
    assertThat(translations).hasSize(1);
    return translations.get(0);
  }

  private static String notSupported(String command) {
    return "SQL command \"" + command + "\" not supported on Redshift tables.";
  }
}
