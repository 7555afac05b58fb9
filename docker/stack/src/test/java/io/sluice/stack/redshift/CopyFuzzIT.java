package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.stack.redshift.copy.fuzz.FuzzFiles;
import io.sluice.stack.redshift.copy.fuzz.FuzzFiles.Format;
import io.sluice.stack.redshift.copy.source.S3CopyObjects;
import io.sluice.stack.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random files from the stack's own S3 through Redshift's driver. A failure names its seed: {@code
 * -Dfuzz.seed=N} runs from it again.
 */
@Timeout(300)
class CopyFuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
  private static final int FILES = Integer.getInteger("fuzz.files", 8);
  private static final int ROWS = 60;

  private static S3Server s3;
  private static AmazonS3 client;
  private static RedshiftServer redshift;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start(0, Optional.empty());
    client = CopyFromS3IT.client(s3);
    client.createBucket("lake");
    redshift =
        RedshiftServer.start(
            RedshiftSettings.of(
                S3CopyObjects.at(s3.endpoint().toString(), CopyFromS3IT.REGION, "a", "b")));
    connection =
        DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    redshift.close();
    client.shutdown();
    s3.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheRulesAcceptComesOutAsItself(Format format) throws SQLException {
    for (long seed = SEED; seed < SEED + FILES; seed++) {
      FuzzFiles files = new FuzzFiles(seed, format, ROWS);
      load(files, format, files.file(), "");

      assertThat(files.differences(rows(files))).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokenFilesLeaveTheSessionWholeAndTheirErrorsInTheTables(Format format) throws SQLException {
    for (long seed = SEED; seed < SEED + FILES; seed++) {
      FuzzFiles files = new FuzzFiles(seed, format, ROWS);
      load(files, format, files.mutated(), "maxerror 100000");

      assertThat(
              RedshiftServerCase.value(
                  connection,
                  "select loaded_rows = (select count(*) from f), loaded_rows = pg_last_copy_count(),"
                      + " error_count = (select count(*) from stl_load_errors where query = pg_last_copy_id()"
                      + " and err_code between 1200 and 1224), status"
                      + " from sys_load_history where query_id = pg_last_copy_id()"))
          .as("seed %d", seed)
          .isEqualTo("t|t|t|completed");
    }
  }

  private static void load(FuzzFiles files, Format format, byte[] file, String options)
      throws SQLException {
    client.putObject("lake", "f", new ByteArrayInputStream(file), CopyFromS3IT.length(file));
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < files.types().size(); i++) {
      columns.add("c" + i + " " + files.types().get(i).redshiftName());
    }
    RedshiftServerCase.execute(connection, "drop table if exists f");
    RedshiftServerCase.execute(connection, "create table f (" + String.join(", ", columns) + ")");
    RedshiftServerCase.execute(
        connection,
        "copy f from 's3://lake/f' iam_role default " + format.options() + " " + options);
  }

  private static List<List<String>> rows(FuzzFiles files) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select * from f order by c0")) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= files.types().size(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
