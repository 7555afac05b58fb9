package io.sluice.stack.redshift.copy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the files that generate.py wrote with another implementation. */
@Timeout(120)
class ParquetReaderTest extends FormatCase {
  private static final S3Url URL = new S3Url("lake", "f.parquet");
  private static final List<TargetColumn> ROWS =
      columns(
          "id integer",
          "big bigint",
          "name character varying(20)",
          "price numeric(12,2)",
          "ratio double precision",
          "flag boolean",
          "day date",
          "at timestamp without time zone");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec-none",
        "codec-snappy",
        "codec-gzip",
        "codec-zstd",
        "codec-lz4",
        "pages-v2",
        "pages-v1-checksums",
        "pages-v2-null-codec",
        "pages-row-groups",
        "pages-int96",
        "encoding-plain",
        "encoding-delta",
        "encoding-delta-length",
        "types-decimals-as-integers"
      })
  void readsEveryCodecPageAndEncoding(String name) throws Exception {
    assertThat(rows(reader("parquet", ROWS, file(name)))).isEqualTo(expected());
  }

  @Test
  void readsEveryType() throws Exception {
    List<TargetColumn> columns =
        columns(
            "i2 smallint",
            "i1 smallint",
            "i4 integer",
            "i8 bigint",
            "u2 integer",
            "f4 real",
            "f8 double precision",
            "n9 numeric(9,2)",
            "n38 numeric(38,2)",
            "b boolean",
            "c character(2)",
            "v character varying(1)",
            "e character varying(1)",
            "vb bytea(2)",
            "fb bytea(3)",
            "d date",
            "ms timestamp without time zone",
            "us timestamp without time zone",
            "ns timestamp without time zone",
            "tz timestamp with time zone");

    RowReader reader = reader("parquet", columns, file("types"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.row().form(13)).isEqualTo(Row.Form.BINARY);
    byte[] binary =
        Arrays.copyOfRange(reader.row().bytes(), reader.row().start(13), reader.row().end(13));
    assertThat(binary).containsExactly(0, 255);
    assertThat(texts(reader.row(), 0, 13))
        .containsExactly(
            "-32768",
            "-128",
            "-2147483648",
            "-9223372036854775808",
            "65535",
            "1.5",
            "NaN",
            "-1234567.89",
            "-1" + "0".repeat(35) + ".01",
            "true",
            "ab  ",
            "",
            "x");
    assertThat(texts(reader.row(), 14, 20))
        .containsExactly(
            "\1\2\3",
            "0001-01-01",
            "1969-12-31 23:59:59.123000",
            "1969-12-31 23:59:59.123456",
            "1969-12-31 23:59:59.123456",
            "1969-12-31 23:59:59.123456+00");
    assertThat(rows(reader)).containsExactly(String.join("¦", nulls(20)));
  }

  @Test
  void readsRequiredColumnsAndFilesWithoutRows() throws Exception {
    List<TargetColumn> columns = columns("a integer", "b text");

    assertThat(rows(reader("parquet", columns, file("required")))).containsExactly("1¦a", "2¦b");
    assertThat(rows(reader("parquet", ROWS, file("no-rows")))).isEmpty();
  }

  @Test
  void serializesWhatIsNested() throws Exception {
    List<TargetColumn> columns =
        columns("id integer", "s jsonb", "l jsonb", "m jsonb", "t jsonb", "o jsonb");

    assertThat(rows(reader("parquet serializetojson", columns, file("nested"))))
        .containsExactly(
            "1¦{\"a\":1,\"b\":[\"x\",null]}¦[[1],[]]¦{\"k\":1.5,\"n\":null}¦\"{\\\"j\\\": 1}\"¦"
                + "{\"d\":\"2026-01-01\",\"n\":1.50,\"f\":true}",
            "2¦<null>¦[]¦{}¦\"say \\\"hi\\\"\"¦<null>",
            "3¦{\"a\":null,\"b\":[]}¦<null>¦<null>¦<null>¦<null>");
  }

  @Test
  void wantsSerializetojsonForSuper() {
    assertThatThrownBy(() -> reader("parquet", columns("s jsonb"), file("time")))
        .isInstanceOf(CopyFailure.class)
        .hasMessage("SUPER column in COPY query requires SERIALIZETOJSON option");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id bigint; BIGINT; optional int32 id [i:0 d:1 r:0]",
        "id smallint; SMALLINT; optional int32 id [i:0 d:1 r:0]",
        "id text; VARCHAR; optional int32 id [i:0 d:1 r:0]",
        "big integer; INT; optional int64 big [i:1 d:1 r:0]",
        "name bytea(9); VARBYTE; optional byte_array name [i:2 d:1 r:0]",
        "price numeric(12,3); DECIMAL(12, 3); optional fixed_len_byte_array price [i:3 d:1 r:0]",
        "price double precision; DOUBLE; optional fixed_len_byte_array price [i:3 d:1 r:0]",
        "ratio real; FLOAT; optional double ratio [i:4 d:1 r:0]",
        "ratio numeric(9,2); DECIMAL(9, 2); optional double ratio [i:4 d:1 r:0]",
        "day integer; INT; optional int32 day [i:6 d:1 r:0]",
        "day timestamp without time zone; TIMESTAMP; optional int32 day [i:6 d:1 r:0]",
        "at bigint; BIGINT; optional int64 at [i:7 d:1 r:0]",
        "at date; DATE; optional int64 at [i:7 d:1 r:0]"
      })
  void refusesAnIncompatibleColumn(String column, String type, String schema) {
    List<TargetColumn> columns = new ArrayList<>(ROWS);
    TargetColumn other = columns(column).get(0);
    columns.replaceAll(c -> c.name().equals(other.name()) ? other : c);

    assertThatThrownBy(() -> reader("parquet", columns, file("codec-none")))
        .isInstanceOfSatisfying(
            ScanException.class,
            e -> {
              assertThat(e.refusal(URL).code()).isEqualTo(15007);
              assertThat(e.context(URL))
                  .isEqualTo(
                      "File 'https://s3.amazonaws.com/lake/f.parquet' has an incompatible Parquet schema"
                          + " for column 's3://lake/f.parquet.%s'. Column type: %s, Parquet schema:\n%s",
                      other.name(), type, schema);
            });
  }

  @Test
  void refusesAnotherNumberOfColumns() throws Exception {
    byte[] file = file("required");

    assertScanError(
        columns("a integer", "b text", "c text"),
        file,
        "Unmatched number of columns between table and file. Table columns: 3, Data columns: 2, File"
            + " name: https://s3.amazonaws.com/lake/f.parquet");
    assertScanError(
        columns("a integer"),
        file,
        "Unmatched number of columns between table and file. Table columns: 1, Data columns: 2, File"
            + " name: https://s3.amazonaws.com/lake/f.parquet");
    assertThat(rows(reader("parquet fillrecord", columns("a integer", "b text", "c text"), file)))
        .containsExactly("1¦a¦<null>", "2¦b¦<null>");
  }

  @Test
  void refusesATextThatIsTooLong() throws Exception {
    assertScanError(
        columns("t character varying(8)", "x integer").subList(0, 1),
        file("time"),
        "File 'https://s3.amazonaws.com/lake/f.parquet' has an incompatible Parquet schema for column"
            + " 's3://lake/f.parquet.t'. Column type: VARCHAR, Parquet schema:\noptional int64 t [i:0 d:1 r:0]");

    List<TargetColumn> narrow = new ArrayList<>(ROWS);
    narrow.set(2, columns("name character varying(8)").get(0));
    assertScanError(
        narrow,
        file("codec-none"),
        "The length of the data column name is longer than the length defined in the table. Table: 8,"
            + " Data: 9, File name: https://s3.amazonaws.com/lake/f.parquet");
  }

  @Test
  void refusesWhatIsNoParquet() {
    assertScanError(
        ROWS,
        "id,name\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8),
        "File 'https://s3.amazonaws.com/lake/f.parquet': it has an invalid version number: 2,b\n");
    assertScanError(
        ROWS,
        new byte[0],
        "File 'https://s3.amazonaws.com/lake/f.parquet': it has an invalid version number: ");
  }

  @Test
  void refusesAFileThatIsCut() throws Exception {
    byte[] file = file("encoding-delta");

    for (int length = 0; length < file.length; length += 97) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> rows(reader("parquet", ROWS, cut)))
          .isInstanceOf(ScanException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec-snappy",
        "codec-lz4",
        "pages-v2",
        "encoding-delta",
        "encoding-delta-length"
      })
  void survivesMutatedBytes(String name) throws Exception {
    assertThat(refusedMutations("parquet", ROWS, file(name))).isGreaterThan(100);
  }

  @Test
  void survivesMutatedBytesInWhatIsNested() throws Exception {
    List<TargetColumn> columns =
        columns("id integer", "s jsonb", "l jsonb", "m jsonb", "t jsonb", "o jsonb");

    assertThat(refusedMutations("parquet serializetojson", columns, file("nested")))
        .isGreaterThan(100);
  }

  private int refusedMutations(String options, List<TargetColumn> columns, byte[] file)
      throws Exception {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] mutated = file.clone();
      // The footer is the last part of the file and a small one: it gets its share.
      int from = i % 2 == 0 ? 0 : mutated.length - 3000;
      for (int n = random.nextInt(8); n >= 0; n--) {
        mutated[from + random.nextInt(mutated.length - from)] = (byte) random.nextInt(256);
      }
      try {
        rows(reader(options, columns, mutated));
      } catch (ScanException e) {
        assertThat(e.refusal(URL).code()).isIn(15001, 15007);
        refused++;
      }
    }
    return refused;
  }

  @Test
  void failsAsTheStoreFails() throws Exception {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(file("codec-none"), 0, 1000),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the store is gone");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });

    assertThatThrownBy(() -> new ParquetReader(broken, ROWS, false))
        .hasMessage("the store is gone");
  }

  private void assertScanError(List<TargetColumn> columns, byte[] file, String context) {
    assertThatThrownBy(() -> rows(reader("parquet", columns, file)))
        .isInstanceOfSatisfying(
            ScanException.class, e -> assertThat(e.context(URL)).isEqualTo(context));
  }

  static byte[] file(String name) throws IOException {
    try (InputStream in =
        ParquetReaderTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
      return in.readAllBytes();
    }
  }

  /** What generate.py writes. */
  private static List<String> expected() {
    LocalDateTime moment = LocalDateTime.of(2026, 1, 1, 0, 0);
    return IntStream.range(0, 1000)
        .mapToObj(
            i ->
                String.join(
                    "¦",
                    Integer.toString(i),
                    unless(i, 7, n -> Long.toString(n * 10_000_000_000L)),
                    unless(i, 5, n -> "name " + n % 50 + " é"),
                    unless(i, 3, n -> BigDecimal.valueOf(n, 2).toPlainString()),
                    unless(i, 11, n -> Double.toString(n / 8.0)),
                    unless(i, 13, n -> Boolean.toString(n % 2 == 1)),
                    unless(i, 17, n -> LocalDate.of(2026, 1, 1).plusDays(n).toString()),
                    unless(i, 19, n -> MICROS.format(moment.plusNanos(n * 1_000_001_000L)))))
        .toList();
  }

  private static String unless(int i, int step, IntFunction<String> value) {
    return i % step == 0 ? "<null>" : value.apply(i);
  }

  private static List<String> nulls(int count) {
    return IntStream.range(0, count).mapToObj(i -> "<null>").toList();
  }

  private static List<String> texts(Row row, int from, int to) {
    return IntStream.range(from, to).mapToObj(row::text).toList();
  }
}
