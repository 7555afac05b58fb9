package io.sluice.acceptance.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.acceptance.formats.RandomValues.Value;
import io.sluice.acceptance.pipeline.Build;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.Secret;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.WarehouseSettings;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.file.FileKeys;
import io.sluice.writer.file.FilePlan;
import io.sluice.writer.file.TaskFiles;
import io.sluice.writer.file.WrittenTable;
import io.sluice.writer.upload.UploadLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format and compression, with random rows of every type: written by the writer's files,
 * loaded by the loader's COPY, read back value by value. {@code -Dfuzz.seed} repeats a run, {@code
 * -Dfuzz.rows} makes it longer.
 */
class FormatsIT {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int ROWS = Integer.getInteger("fuzz.rows", 400);
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://formats/x");
  private static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "decimal(9,2)",
          "decimal(18,0)",
          "decimal(38,37)",
          "real",
          "double precision",
          "boolean",
          "char(12)",
          "varchar(60)",
          "varchar(60)",
          "date",
          "timestamp",
          "timestamptz",
          "super",
          "varbyte(20)");

  @TempDir private static Path folder;

  private static StackProcess stack;
  private static AmazonS3 s3;
  private static RedshiftWarehouse warehouse;

  @BeforeAll
  static void start() {
    stack = StackProcess.start(Build.current().stackJar(), folder, List.of("-Xmx512m"), List.of());
    StackEndpoints endpoints = stack.endpoints();
    System.setProperty("aws.accessKeyId", endpoints.accessKey());
    System.setProperty("aws.secretKey", endpoints.secretKey());
    s3 =
        new AwsClients(
                new AwsSettings(endpoints.region(), Map.of(Service.S3, endpoints.s3()), true, null))
            .s3();
    s3.createBucket(FOLDER.bucket());
    warehouse =
        new RedshiftWarehouse(
            new WarehouseSettings(
                endpoints.redshift().orElseThrow().url(),
                endpoints.redshift().orElseThrow().user(),
                new Secret(endpoints.redshift().orElseThrow().password()),
                "default",
                "sluice",
                Duration.ofMinutes(2),
                Optional.empty()));
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    stack.close();
  }

  static Stream<FileFormat> formats() {
    return Stream.of(
            Stream.of(Compression.NONE, Compression.GZIP, Compression.ZSTD)
                .flatMap(
                    it ->
                        Stream.of(
                            new FileFormat(Format.CSV, it, ",", "\\N"),
                            new FileFormat(Format.CSV, it, "\t", "@null@"),
                            new FileFormat(Format.DELIMITED, it, "|", "\\N"),
                            new FileFormat(Format.DELIMITED, it, "\t", "@null@"),
                            new FileFormat(Format.JSON, it, null, null))),
            Stream.of(Compression.NONE, Compression.DEFLATE, Compression.SNAPPY)
                .map(it -> new FileFormat(Format.AVRO, it, null, null)),
            Stream.of(Compression.NONE, Compression.GZIP, Compression.SNAPPY, Compression.ZSTD)
                .map(it -> new FileFormat(Format.PARQUET, it, null, null)))
        .flatMap(it -> it);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsWrittenIsWhatIsLoaded(FileFormat format) throws Exception {
    TableLayout table = table(format);
    Map<Long, List<Value>> rows = rows(table, new Random(SEED));
    WrittenTable written = write(table, rows);

    long loaded = load(table, written.files());

    assertThat(loaded).as("rows of seed %d", SEED).isEqualTo(rows.size());
    compare(table, rows);
  }

  private static TableLayout table(FileFormat format) {
    List<LayoutColumn> columns = new ArrayList<>();
    columns.add(new LayoutColumn("id", ColumnType.parse("bigint")));
    for (String type : TYPES) {
      if (format.format() != Format.AVRO || !type.equals("super")) {
        columns.add(new LayoutColumn("c" + columns.size(), ColumnType.parse(type)));
      }
    }
    String name =
        "t_%s_%s_%d"
            .formatted(format.format(), format.compression(), Math.abs(format.hashCode() % 1000));
    return new TableLayout(TableName.parse(name), columns, format, 0);
  }

  private static Map<Long, List<Value>> rows(TableLayout table, Random random) {
    RandomValues values = new RandomValues(random);
    Map<Long, List<Value>> rows = new LinkedHashMap<>();
    for (long id = 0; id < ROWS; id++) {
      List<Value> row = new ArrayList<>();
      for (LayoutColumn column : table.columns().subList(1, table.columns().size())) {
        Value value = values.value(column.type());
        String text = value.text();
        boolean fits = text == null || canHold(table, text);
        row.add(fits ? value : new Value(null, RowEncoder::nullValue, null));
      }
      rows.put(id, row);
    }
    return rows;
  }

  private static boolean canHold(TableLayout table, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return table.canHold(utf8, 0, utf8.length);
  }

  private static WrittenTable write(TableLayout table, Map<Long, List<Value>> rows) {
    FilePlan plan =
        new FilePlan(
            16 << 20,
            32 << 20,
            16,
            Map.of(table.name(), 2),
            new UploadLimits(2, 32 << 20, 16 << 20, 3));
    FileKeys keys =
        new FileKeys(
            FOLDER, Instant.parse("2026-11-22T05:00:00Z"), 0, "fuzz-" + table.name().table());
    try (TaskFiles files = new TaskFiles(plan, keys, new S3ObjectStore(s3, FOLDER.bucket()))) {
      rows.forEach(
          (id, row) -> {
            RowEncoder encoder = files.row(table);
            encoder.number(id);
            row.forEach(value -> value.write().accept(encoder));
            files.keep(Instant.EPOCH);
          });
      return files.finish().tables().get(table.name());
    }
  }

  private static long load(TableLayout table, List<DataFile> files) throws Exception {
    String columns =
        table.columns().stream()
            .map(column -> column.name() + " " + column.type())
            .collect(Collectors.joining(", "));
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE " + table.name() + " (" + columns + ")");
    }
    warehouse.initialise(List.of(table.name()));
    Map<String, Long> sizes = new LinkedHashMap<>();
    files.forEach(file -> sizes.put(FOLDER.uri(file.key()), file.bytes()));
    String manifest = BatchFolder.copyManifest(table.name().table());
    new S3ObjectStore(s3, FOLDER.bucket())
        .put(FOLDER.key(manifest), new CopyManifest(sizes).json().getBytes(StandardCharsets.UTF_8));
    try (LoadTransaction load = warehouse.begin(table.name())) {
      long rows =
          load.copy(new CopyRequest(FOLDER.uri(manifest), table.manifestColumns(), table.format()));
      load.commit();
      return rows;
    }
  }

  private static void compare(TableLayout table, Map<Long, List<Value>> rows) throws Exception {
    String columns =
        table.columns().stream().map(FormatsIT::selected).collect(Collectors.joining(", "));
    int seen = 0;
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET timezone TO 'UTC'");
      ResultSet result = sql.executeQuery("SELECT " + columns + " FROM " + table.name());
      while (result.next()) {
        List<Value> row = rows.get(result.getLong(1));
        for (int i = 0; i < row.size(); i++) {
          ColumnType type = table.columns().get(i + 1).type();
          assertThat(RandomValues.canonical(type, result.getString(i + 2)))
              .as(
                  "row %d, column %s of %s, seed %d",
                  result.getLong(1), table.columns().get(i + 1), table.format(), SEED)
              .isEqualTo(row.get(i).expected());
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(rows.size());
  }

  /** Every value as text, by the warehouse's own conversion. */
  private static String selected(LayoutColumn column) {
    return switch (column.type().kind()) {
      case SUPER -> "json_serialize(" + column.name() + ")";
      case CHAR, VARCHAR, BIGINT -> column.name();
      default -> column.name() + "::varchar(200)";
    };
  }

  private static Connection connect() throws Exception {
    StackEndpoints endpoints = stack.endpoints();
    return DriverManager.getConnection(
        endpoints.redshift().orElseThrow().url(),
        endpoints.redshift().orElseThrow().user(),
        endpoints.redshift().orElseThrow().password());
  }
}
