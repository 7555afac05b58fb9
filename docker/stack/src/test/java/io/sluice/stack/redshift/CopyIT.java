package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import io.sluice.stack.redshift.copy.source.ObjectException.Kind;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopyIT extends RedshiftServerCase {
  private static final String GOOD = "1,one,2026-01-02 03:04:05\n2,\"t\"\"w\n,o\",\\N\n3,,\n";

  @Test
  void loadsAManifestInTheClientsTransaction() throws SQLException {
    String file = objects().put("a/good.csv", GOOD);
    String manifest = objects().putManifest("a/good.manifest", file);

    try (Connection connection = transaction()) {
      assertThat(copy(connection, manifest, "MANIFEST"))
          .containsExactly("Load into table 't' completed, 3 record(s) loaded successfully.");
      assertThat(value(connection, "select pg_last_copy_count()")).isEqualTo("3");
      assertThat(rows(connection, "select id, name, at from t order by id"))
          .containsExactly("1|one|2026-01-02 03:04:05", "2|t\"w\n,o|NULL", "3||NULL");
      connection.commit();
    }

    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*) from t")).isEqualTo("3");
      assertThat(value(connection, "select pg_last_copy_count()")).isEqualTo("0");
    }
  }

  @Test
  void rollsBackWithTheClientsTransaction() throws SQLException {
    String manifest = objects().putManifest("b/good.manifest", objects().put("b/good.csv", GOOD));

    try (Connection connection = transaction()) {
      copy(connection, manifest, "MANIFEST");
      connection.rollback();

      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
      assertThat(value(connection, "select pg_last_copy_count()")).isEqualTo("3");
      assertThat(
              value(
                  connection,
                  "select status, loaded_rows, source_file_count from sys_load_history where query_id = pg_last_copy_id()"))
          .isEqualTo("completed|3|1");
      assertThat(
              value(
                  connection,
                  "select filename, lines_scanned, errors from stl_load_commits where query = pg_last_copy_id()"))
          .isEqualTo("s3://lake/b/good.csv|4|0");
    }
  }

  @Test
  void loadsAPrefixAndWhatIsCompressed() throws SQLException {
    objects().put("gz/1.csv.gz", InMemoryObjects.gzip("1,a,\n"));
    objects().put("gz/2.csv.gz", InMemoryObjects.gzip("2,b,\n"));
    String zstd = objects().put("z/1.csv.zst", InMemoryObjects.zstd("3,c,\n"));

    try (Connection connection = connect()) {
      copy(connection, "s3://lake/gz/", "GZIP COMPUPDATE OFF STATUPDATE OFF");
      copy(connection, zstd, "ZSTD");

      assertThat(rows(connection, "select id, name from t order by id"))
          .containsExactly("1|a", "2|b", "3|c");
    }
  }

  @Test
  void loadsAllMembersOfAGzipThatArrivesInPieces() throws SQLException {
    byte[] member = InMemoryObjects.gzip("1,a,\n");
    byte[] both = Arrays.copyOf(member, member.length * 2);
    System.arraycopy(member, 0, both, member.length, member.length);
    String file =
        objects().stream(
            "members/1.gz",
            () ->
                new SequenceInputStream(
                    new ByteArrayInputStream(both, 0, member.length),
                    new ByteArrayInputStream(both, member.length, member.length)));

    try (Connection connection = connect()) {
      copy(connection, file, "GZIP");

      assertThat(value(connection, "select count(*) from t")).isEqualTo("2");
    }
  }

  @Test
  void loadsAnEntryThatIsListedTwiceTwice() throws SQLException {
    String file = objects().put("twice/1.csv", "1,a,\n");
    String manifest = objects().putManifest("twice/m", file, file);

    try (Connection connection = connect()) {
      copy(connection, manifest, "MANIFEST");

      assertThat(value(connection, "select count(*) from t")).isEqualTo("2");
    }
  }

  @Test
  void failsOnABadRowAndAbortsTheTransaction() throws SQLException {
    String file = objects().put("bad/1.csv", "1,one,\n2,much too long,\n");
    String manifest = objects().putManifest("bad/m", file);

    try (Connection connection = transaction()) {
      execute(connection, "insert into t (id) values (7)");
      assertThatThrownBy(() -> copy(connection, manifest, "MANIFEST"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(
              "Load into table 't' failed.  Check 'stl_load_errors' system table for details.")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("XX000"));
      assertThatThrownBy(() -> value(connection, "select 1"))
          .hasMessageContaining("current transaction is aborted");
      connection.rollback();

      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
      assertThat(
              value(
                  connection,
                  "select err_code, err_reason, filename, line_number, colname, type, col_length, raw_line,"
                      + " raw_field_value from stl_load_errors where query = pg_last_copy_id()"))
          .isEqualTo(
              "1204|String length exceeds DDL length|s3://lake/bad/1.csv|2|name|varchar|8|2,much too long,|much too long");
      assertThat(
              value(
                  connection,
                  "select error_code, error_message, column_name from sys_load_error_detail where query_id = pg_last_copy_id()"))
          .isEqualTo("1204|String length exceeds DDL length|name");
      assertThat(
              value(
                  connection,
                  "select status from sys_load_history where query_id = pg_last_copy_id()"))
          .isEqualTo("aborted");
    }
  }

  @Test
  void toleratesFewerBadRowsThanMaxError() throws SQLException {
    String file = objects().put("some/1.csv", "1,a,\nx,b,\n3,c,\n");

    try (Connection connection = connect()) {
      assertThat(copy(connection, file, "MAXERROR 2"))
          .containsExactly(
              "Load into table 't' completed, 2 record(s) loaded successfully.",
              "Load into table 't' completed, 1 record(s) could not be loaded.  Check 'stl_load_errors' system table for details.");
      assertThat(value(connection, "select count(*) from t")).isEqualTo("2");
    }
  }

  @Test
  void namesAMissingMandatoryFile() throws SQLException {
    String manifest = objects().putManifest("missing/m", "s3://lake/missing/none.csv");

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> copy(connection, manifest, "MANIFEST"))
          .hasMessageContaining("Mandatory url is not present in manifest file.")
          .satisfies(
              e ->
                  assertThat(((RedshiftException) e).getServerErrorMessage().getDetail())
                      .contains("code:      8001"));
    }
  }

  @Test
  void saysWhatRedshiftSaysOfAMissingManifestAndOfARefusedFile() throws SQLException {
    String denied = objects().put("denied/1.csv", "1,a,\n");
    objects().fail("denied/1.csv", Kind.ACCESS_DENIED);
    String manifest = objects().putManifest("denied/m", denied);

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> copy(connection, "s3://lake/denied/none", "MANIFEST"))
          .hasMessageContaining("COPY with MANIFEST parameter requires full path of an S3 object.");
      assertThatThrownBy(() -> copy(connection, manifest, "MANIFEST"))
          .hasMessageContaining(
              "S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid");
      assertThatThrownBy(() -> copy(connection, "s3://lake/nothing/here", ""))
          .hasMessageContaining("The specified S3 prefix 'nothing/here' does not exist");
      assertThatThrownBy(
              () -> execute(connection, "copy nowhere from 's3://lake/gz/' iam_role default csv"))
          .hasMessageContaining("Cannot COPY into nonexistent table nowhere");
    }
  }

  @Test
  void loadsNothingWithNoLoad() throws SQLException {
    String file = objects().put("noload/1.csv", "1,a,\n");

    try (Connection connection = connect()) {
      copy(connection, file, "NOLOAD");

      assertThat(value(connection, "select count(*) from t")).isEqualTo("0");
    }
  }

  @Test
  void loadsAHundredThousandRows() throws SQLException {
    String rows =
        IntStream.range(0, 100_000)
            .mapToObj(i -> i + ",n" + i % 1000 + ",2026-01-01 00:00:" + (10 + i % 50))
            .collect(Collectors.joining("\n"));
    String file = objects().put("many/1.csv.zst", InMemoryObjects.zstd(rows));

    try (Connection connection = transaction()) {
      copy(connection, file, "ZSTD");
      assertThat(value(connection, "select count(*), pg_last_copy_count() from t"))
          .isEqualTo("100000|100000");
      connection.commit();
    }
  }

  @Test
  void leavesIdentityColumnsToTheTable() throws SQLException {
    String file = objects().put("identity/1.csv", "a\nb\n");

    try (Connection connection = connect()) {
      execute(
          connection, "create temp table i (id bigint identity(0,1), name varchar(5) default 'x')");
      execute(connection, "copy i from '" + file + "' iam_role default csv");
      assertThat(rows(connection, "select id, name from i order by id"))
          .containsExactly("0|a", "1|b");
      execute(connection, "copy i (name) from '" + file + "' iam_role default csv");
      assertThat(value(connection, "select count(*) from i")).isEqualTo("4");
    }
  }
}
