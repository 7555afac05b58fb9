package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import io.sluice.stack.redshift.copy.format.AvroCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY of Avro and Parquet, and what their errors leave in the system tables, by the driver. */
@Timeout(300)
class CopyBinaryFormatsIT extends RedshiftServerCase {
  private static final String LAST = " where query = pg_last_copy_id()";
  private static final String ROWS =
      "(id int, big bigint, name varchar(20), price decimal(12,2), ratio float8, flag bool, day date,"
          + " at timestamp)";
  private static final Schema PERSON =
      AvroCase.schema(
          """
          {"type": "record", "name": "person", "fields": [
            {"name": "id", "type": "int"},
            {"name": "name", "type": ["null", "string"]},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""");

  @Test
  void loadsAvro() throws Exception {
    String file = objects().put("a/1.avro", people(CodecFactory.deflateCodec(6)));

    try (Connection connection = connect()) {
      copyTo(connection, "t", file, "format as avro 'auto' timeformat 'epochmillisecs'");

      assertThat(rows(connection, "select id, name, at from t order by id"))
          .containsExactly("1|é|2026-01-02 03:04:05", "2|NULL|1970-01-01 00:00:00");
    }
  }

  @Test
  void loadsTheGoodRecordsOfAvroAndNotesTheOthers() throws Exception {
    byte[] file =
        AvroCase.file(
            PERSON,
            CodecFactory.nullCodec(),
            AvroCase.record(PERSON, 1, "a", 0L),
            AvroCase.record(PERSON, 2, "longer than eight", 0L),
            AvroCase.record(PERSON, 3, "b", 0L));
    String url = objects().put("a/2.avro", file);

    try (Connection connection = connect()) {
      copyTo(connection, "t", url, "avro timeformat 'epochmillisecs' maxerror 2");

      assertThat(rows(connection, "select id from t order by id")).containsExactly("1", "3");
      assertThat(
              value(
                  connection,
                  "select line_number, colname, err_code, raw_field_value from stl_load_errors"
                      + LAST))
          .isEqualTo("2|name|1204|longer than eight");
    }
  }

  @Test
  void failsOnAFileThatIsNoAvro() throws SQLException {
    String file = objects().put("a/3.avro", "id|name\n");

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> copyTo(connection, "t", file, "avro"))
          .hasMessageContaining("Load into table 't' failed.  Check 'stl_load_errors'");

      assertThat(value(connection, "select err_code, err_reason from stl_load_errors" + LAST))
          .isEqualTo("1216|Invalid AVRO file found. It does not begin as an AVRO file.");
    }
  }

  @Test
  void loadsParquetByPosition() throws Exception {
    String file = objects().put("p/rows.parquet", parquet("codec-snappy"));

    try (Connection connection = connect()) {
      execute(connection, "create temp table r " + ROWS);
      copyTo(connection, "r", file, "format as parquet");

      assertThat(value(connection, "select count(*), sum(id), count(big), sum(price) from r"))
          .isEqualTo("1000|499500|857|3326.67");
      assertThat(value(connection, "select * from r where id = 1"))
          .isEqualTo("1|10000000000|name 1 é|0.01|0.125|t|2026-01-02|2026-01-01 00:00:01.000001");
      assertThat(value(connection, "select pg_last_copy_count()")).isEqualTo("1000");
    }
  }

  @Test
  void loadsEveryTypeOfParquet() throws Exception {
    String file = objects().put("p/types.parquet", parquet("types"));

    try (Connection connection = connect()) {
      execute(
          connection,
          "create temp table types (i2 smallint, i1 smallint, i4 int, i8 bigint, u2 int, f4 real, f8 float8,"
              + " n9 decimal(9,2), n38 decimal(38,2), b bool, c char(2), v varchar(1), e varchar(1),"
              + " vb varbyte(2), fb varbyte(3), d date, ms timestamp, us timestamp, ns timestamp,"
              + " tz timestamptz)");
      execute(connection, "set timezone to 'UTC'");
      copyTo(connection, "types", file, "parquet");

      assertThat(rows(connection, "select * from types order by i4"))
          .containsExactly(
              "-32768|-128|-2147483648|-9223372036854775808|65535|1.5|NaN|-1234567.89|-1"
                  + "0".repeat(35)
                  + ".01|t|ab||x|\\x00ff|\\x010203|0001-01-01|1969-12-31 23:59:59.123|"
                  + "1969-12-31 23:59:59.123456|1969-12-31 23:59:59.123456|"
                  + "1969-12-31 23:59:59.123456+00",
              "NULL" + "|NULL".repeat(19));
    }
  }

  @Test
  void putsNestedParquetIntoSuperWhenTold() throws Exception {
    String file = objects().put("p/nested.parquet", parquet("nested"));

    try (Connection connection = connect()) {
      execute(
          connection, "create temp table n (id int, s super, l super, m super, t super, o super)");
      assertThatThrownBy(() -> copyTo(connection, "n", file, "parquet"))
          .hasMessageContaining("SUPER column in COPY query requires SERIALIZETOJSON option");
      copyTo(connection, "n", file, "parquet serializetojson");

      assertThat(rows(connection, "select s, l, m, t from n order by id"))
          .containsExactly(
              "{\"a\": 1, \"b\": [\"x\", null]}|[[1], []]|{\"k\": 1.5, \"n\": null}|\"{\\\"j\\\": 1}\"",
              "NULL|[]|{}|\"say \\\"hi\\\"\"",
              "{\"a\": null, \"b\": []}|NULL|NULL|NULL");
    }
  }

  @Test
  void tellsAnIncompatibleColumnAsSpectrumDoes() throws Exception {
    String file = objects().put("p/wrong.parquet", parquet("required"));

    try (Connection connection = connect()) {
      execute(connection, "create temp table w (id bigint, name varchar(8))");
      assertThatThrownBy(() -> copyTo(connection, "w", file, "parquet"))
          .isInstanceOfSatisfying(
              RedshiftException.class,
              e -> {
                assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("Spectrum Scan Error");
                assertThat(e.getSQLState()).isEqualTo("XX000");
                assertThat(e.getServerErrorMessage().getDetail())
                    .contains("code:      15007")
                    .contains(
                        "File 'https://s3.amazonaws.com/lake/p/wrong.parquet' has an incompatible Parquet"
                            + " schema for column 's3://lake/p/wrong.parquet.id'. Column type: BIGINT,"
                            + " Parquet schema:\nrequired int32 id [i:0 d:0 r:0]");
              });

      assertThat(value(connection, "select filename, err_code from stl_load_errors" + LAST))
          .isEqualTo("s3://lake/p/wrong.parquet|15007");
      assertThat(
              value(
                  connection,
                  "select error_message from sys_load_error_detail"
                      + " where query_id = pg_last_copy_id()"))
          .startsWith("Spectrum Scan Error. File 'https://s3.amazonaws.com/lake/p/wrong.parquet'");
    }
  }

  @Test
  void refusesNullInANotNullColumnOfParquet() throws Exception {
    String file = objects().put("p/null.parquet", parquet("codec-none"));

    try (Connection connection = connect()) {
      execute(
          connection, "create temp table r " + ROWS.replace("big bigint", "big bigint not null"));
      assertThatThrownBy(() -> copyTo(connection, "r", file, "parquet"))
          .hasMessageContaining("Check 'stl_load_errors'");

      assertThat(value(connection, "select colname, err_code from stl_load_errors" + LAST))
          .isEqualTo("big|1213");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', File entry does not have 'meta' key., 15003",
    "1, 'S3ServiceException:The requested range is not satisfiable,Status 416', 8001"
  })
  void wantsTheRightLengthInAManifestOfParquet(String length, String message, String code)
      throws Exception {
    byte[] bytes = parquet("required");
    String file = objects().put("p/listed.parquet", bytes);
    String manifest = manifest(file, length.isEmpty() ? "" : "\"content_length\":" + length);
    String right = manifest(file, "\"content_length\":" + bytes.length);

    try (Connection connection = connect()) {
      execute(connection, "create temp table m (id int, name varchar(8))");
      assertThatThrownBy(
              () -> copyTo(connection, "m", objects().put("p/m1", manifest), "parquet manifest"))
          .hasMessageContaining(message)
          .isInstanceOfSatisfying(
              RedshiftException.class,
              e ->
                  assertThat(e.getServerErrorMessage().getDetail()).contains("code:      " + code));
      copyTo(connection, "m", objects().put("p/m2", right), "parquet manifest");

      assertThat(rows(connection, "select * from m order by id")).containsExactly("1|a", "2|b");
    }
  }

  @Test
  void unpacksParquetByTheEndingOfItsName() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(parquet("required"));
    }
    String file = objects().put("p/packed.parquet.gz", packed.toByteArray());

    try (Connection connection = connect()) {
      execute(connection, "create temp table m (id int, name varchar(8))");
      copyTo(connection, "m", file, "parquet");

      assertThat(value(connection, "select count(*) from m")).isEqualTo("2");
    }
  }

  @Test
  void leavesNoTemporaryFileOfALargeObject() throws Exception {
    byte[] large = new byte[9 << 20];
    byte[] small = parquet("required");
    // The offsets count from the start and the footer from the end: what is between does not
    // matter.
    System.arraycopy(small, 0, large, 0, small.length);
    System.arraycopy(small, 0, large, large.length - small.length, small.length);
    String file = objects().put("p/large.parquet", large);
    String broken = objects().put("p/broken.parquet", new byte[9 << 20]);

    try (Connection connection = connect()) {
      execute(connection, "create temp table m (id int, name varchar(8))");
      copyTo(connection, "m", file, "parquet");
      assertThatThrownBy(() -> copyTo(connection, "m", broken, "parquet"))
          .hasMessageContaining("Spectrum Scan Error");

      assertThat(value(connection, "select count(*) from m")).isEqualTo("2");
    }
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .noneMatch(name -> name.startsWith("sluice-copy-"));
    }
  }

  @Test
  void mutatedFilesLeaveTheSessionWhole() throws Exception {
    Random random = new Random(11);
    byte[] parquet = parquet("encoding-delta");
    byte[] avro = people(CodecFactory.deflateCodec(6));

    try (Connection connection = connect()) {
      execute(connection, "create temp table r " + ROWS);
      for (int i = 0; i < 60; i++) {
        boolean columnar = i % 2 == 0;
        byte[] file = (columnar ? parquet : avro).clone();
        for (int n = random.nextInt(6); n >= 0; n--) {
          file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
        String url = objects().put("p/mutated", file);
        try {
          copyTo(
              connection,
              columnar ? "r" : "t",
              url,
              columnar ? "parquet" : "avro timeformat 'epochmillisecs'");
        } catch (SQLException e) {
          assertThat(e.getMessage())
              .containsAnyOf("Spectrum Scan Error", "Check 'stl_load_errors' system table");
          assertThat(value(connection, "select count(*) from stl_load_errors" + LAST))
              .isEqualTo("1");
        }
        assertThat(value(connection, "select 1")).isEqualTo("1");
      }
    }
  }

  private static void copyTo(Connection connection, String table, String url, String options)
      throws SQLException {
    execute(connection, "copy " + table + " from '" + url + "' iam_role default " + options);
  }

  private static String manifest(String url, String meta) {
    return "{\"entries\":[{\"url\":\"%s\",\"mandatory\":true%s}]}"
        .formatted(url, meta.isEmpty() ? "" : ",\"meta\":{" + meta + "}");
  }

  private static byte[] people(CodecFactory codec) throws IOException {
    return AvroCase.file(
        PERSON,
        codec,
        AvroCase.record(PERSON, 1, "é", 1_767_323_045_000L),
        AvroCase.record(PERSON, 2, null, 0L));
  }

  private static byte[] parquet(String name) throws IOException {
    try (InputStream in =
        CopyBinaryFormatsIT.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
      return in.readAllBytes();
    }
  }
}
