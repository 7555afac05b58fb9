package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

/** COPY of delimited text and JSON, and what it leaves in the system tables, through the driver. */
class CopyFormatsIT extends RedshiftServerCase {
  private static final String LAST = " where query = pg_last_copy_id()";

  @Test
  void loadsDelimitedTextByDefault() throws SQLException {
    String file = objects().put("d/1.txt", "1|a\\|b|2026-01-02 03:04:05|\n2|\\N|\n");

    try (Connection connection = connect()) {
      copyText(connection, file, "escape fillrecord");

      assertThat(rows(connection, "select id, name, at from t order by id"))
          .containsExactly("1|a|b|2026-01-02 03:04:05", "2|NULL|NULL");
    }
  }

  @Test
  void loadsJsonByNameAndByPath() throws SQLException {
    String file =
        objects()
            .put(
                "j/1.json",
                "{\"name\": \"a\", \"id\": 1, \"x\": {\"t\": 1767323045}}\n{\"id\": 2}");
    String paths =
        objects().put("paths.json", "{\"jsonpaths\": [\"$.id\", \"$.name\", \"$.x.t\"]}");

    try (Connection connection = connect()) {
      copyText(connection, file, "json 'auto'");
      copyText(connection, file, "format as json '" + paths + "' timeformat 'epochsecs'");

      assertThat(rows(connection, "select id, name, at from t order by id, at"))
          .containsExactly("1|a|2026-01-02 03:04:05", "1|a|NULL", "2|NULL|NULL", "2|NULL|NULL");
    }
  }

  @Test
  void keepsNestedJsonInASuperColumn() throws SQLException {
    String file =
        objects().put("s/1.json", "{\"s\": {\"a\": [1, \"x\"]}, \"v\": \"0aFF\"}{\"s\": \"text\"}");

    try (Connection connection = connect()) {
      execute(connection, "create temp table s (s super, v varbyte(2))");
      execute(connection, "copy s from '" + file + "' iam_role default json 'auto'");

      assertThat(rows(connection, "select s, v from s order by v"))
          .containsExactly("{\"a\": [1, \"x\"]}|\\x0aff", "\"text\"|NULL");
    }
  }

  @Test
  void refusesAVarbyteThatIsTooLong() throws SQLException {
    String file = objects().put("v/1.csv", "0aff01\n");

    try (Connection connection = connect()) {
      execute(connection, "create temp table v (v varbyte(2))");
      assertThatThrownBy(
              () -> execute(connection, "copy v from '" + file + "' iam_role default csv"))
          .hasMessageContaining("Check 'stl_load_errors'");

      assertThat(value(connection, "select err_code, type, col_length from stl_load_errors" + LAST))
          .isEqualTo("1204|varbyte|2");
    }
  }

  @Test
  void unpacksBzip2() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bzip2("1|a|\n"));
    both.write(bzip2("2|b|\n"));
    String file = objects().put("bz/1.bz2", both.toByteArray());

    try (Connection connection = connect()) {
      copyText(connection, file, "bzip2 fillrecord");

      assertThat(rows(connection, "select id, name from t order by id"))
          .containsExactly("1|a", "2|b");
    }
  }

  @Test
  void skipsAFileInAnotherEncoding() throws SQLException {
    objects().put("e/1", "1|a|\n".getBytes(StandardCharsets.UTF_8));
    objects().put("e/2", "\uFEFF2|é|\n".getBytes(StandardCharsets.UTF_16LE));

    try (Connection connection = connect()) {
      copyText(connection, "s3://lake/e/", "encoding utf16 fillrecord maxerror 2");

      assertThat(rows(connection, "select id, name from t")).containsExactly("2|é");
      assertThat(
              value(
                  connection, "select filename, line_number, err_code from stl_load_errors" + LAST))
          .isEqualTo("s3://lake/e/1|0|1221");
    }
  }

  @Test
  void keepsTheFieldsOfABadRowUpToTheBadOne() throws SQLException {
    String file =
        objects().put("f/1.csv", "1,\\N,2026-01-02 03:04:05\n2,b,never\nx,much too long,no\n");

    try (Connection connection = connect()) {
      copy(connection, file, "maxerror 5");

      assertThat(
              rows(
                  connection,
                  "select line_number, field, colname, value, is_null, type, col_length from"
                      + " stl_loaderror_detail"
                      + LAST
                      + " order by line_number, field"))
          .containsExactly(
              "2|0|id|2|0|int4|0",
              "2|1|name|b|0|varchar|8",
              "2|2|at|never|0|timestamp|0",
              "3|0|id|x|0|int4|0");
      assertThat(
              rows(
                  connection,
                  "select line_number, err_code, err_reason, raw_line, raw_field_value from stl_load_errors"
                      + LAST
                      + " order by line_number"))
          .containsExactly(
              "2|1206|Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]|2,b,never|never",
              "3|1207|Invalid digit, Value 'x', Pos 0, Type: Integer|x,much too long,no|x");
    }
  }

  @Test
  void tellsTheErrorsThatNoLoadFinds() throws SQLException {
    String file = objects().put("n/1.csv", "1,a,\nx,b,\n");

    try (Connection connection = transaction()) {
      assertThatThrownBy(() -> copy(connection, file, "noload"))
          .hasMessageContaining("Load into table 't' failed.  Check 'stl_load_errors'");
      connection.rollback();

      assertThat(value(connection, "select err_code, colname from stl_load_errors" + LAST))
          .isEqualTo("1207|id");
      assertThat(
              value(
                  connection,
                  "select status, loaded_rows, error_count, file_format from sys_load_history where query_id = pg_last_copy_id()"))
          .isEqualTo("aborted|0|1|csv");
    }
  }

  @Test
  void refusesNulBytesAndHugeRowsAndGoesOn() throws SQLException {
    String file =
        objects()
            .put(
                "h/1.txt",
                "1|a\0b|\n2|" + "x".repeat(5 << 20) + "|\n3|c|\n4|" + "y".repeat(2000) + "|\n");

    try (Connection connection = connect()) {
      copyText(connection, file, "maxerror 10");

      assertThat(rows(connection, "select id, name from t")).containsExactly("3|c");
      assertThat(
              rows(
                  connection,
                  "select line_number, err_code, octet_length(raw_line), octet_length(err_reason) from"
                      + " stl_load_errors"
                      + LAST
                      + " order by line_number"))
          .containsExactly("1|1216|1024|100", "2|1216|1024|100", "4|1204|1024|100");
    }
  }

  @Test
  void showsWhereTheStatementIsWrong() throws SQLException {
    try (Connection connection = connect()) {
      String sql = "copy t from 's3://lake/x' iam_role default csv gzip escape";

      assertThatThrownBy(() -> execute(connection, sql))
          .hasMessageContaining("CSV is not compatible with ESCAPE")
          .isInstanceOfSatisfying(
              RedshiftException.class,
              e ->
                  assertThat(e.getServerErrorMessage().getPosition())
                      .isEqualTo(sql.indexOf("escape") + 1));
    }
  }

  @Test
  void asksForExplicitIdsAsDocumented() throws SQLException {
    String file = objects().put("x/1.csv", "7,a\n");

    try (Connection connection = connect()) {
      execute(connection, "create temp table i (id bigint identity(0,1), name varchar(5))");
      execute(connection, "copy i from '" + file + "' iam_role default csv explicit_ids");

      assertThat(rows(connection, "select id, name from i")).containsExactly("7|a");
      assertThatThrownBy(
              () ->
                  execute(
                      connection,
                      "copy i (name) from '" + file + "' iam_role default csv explicit_ids"))
          .hasMessageContaining("EXPLICIT_IDS needs the identity column id in the column list");
    }
  }

  @Test
  void fillsADefaultIdentityColumnThatIsNamed() throws SQLException {
    String file = objects().put("y/1.csv", "7,a\n");

    try (Connection connection = connect()) {
      execute(
          connection,
          "create temp table i (id bigint generated by default as identity(0,1), name varchar(5))");
      execute(connection, "copy i (id, name) from '" + file + "' iam_role default csv");

      assertThat(rows(connection, "select id, name from i")).containsExactly("7|a");
    }
  }

  private static void copyText(Connection connection, String url, String options)
      throws SQLException {
    execute(connection, "copy t from '" + url + "' iam_role default " + options);
  }

  private static byte[] bzip2(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }
}
