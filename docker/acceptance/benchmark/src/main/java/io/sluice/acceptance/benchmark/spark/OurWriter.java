package io.sluice.acceptance.benchmark.spark;

import static java.util.stream.Collectors.joining;

import io.sluice.acceptance.benchmark.EventColumn;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.writer.BatchSink;
import io.sluice.writer.SinkConfig;
import io.sluice.writer.map.RowMapper;
import io.sluice.writer.report.IntervalReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;

/**
 * The writer's side of every comparison: the only class of the benchmark that knows how the writer
 * is asked to land records. It lands as its users do who bring records of their own, so a landing
 * is a whole batch: files, manifest, hint and message.
 *
 * <p>A storage has one sink for each variant, opened by the first landing, which is never measured.
 * Sinks stay open until the JVM ends.
 */
final class OurWriter implements Variant {
  private static final Instant FIRST_BATCH = Instant.parse("2026-11-22T00:00:00Z");
  private static final String TABLE = "public.events";

  private final String name;
  private final String table;
  private final RowMapper<byte[]> mapper;
  private final String files;
  private final AtomicLong landings = new AtomicLong();
  private final Map<Storage, BatchSink<byte[]>> sinks = new HashMap<>();

  private OurWriter(String name, String table, String files, RowMapper<byte[]> mapper) {
    this.name = name;
    this.table = table;
    this.files = files;
    this.mapper = mapper;
  }

  /** Lines handed through, ZSTD level 1. */
  static Variant linesZstd() {
    return lines("lines zstd", "compression = zstd");
  }

  /** Lines handed through, GZIP level 1. */
  static Variant linesGzip() {
    return lines("lines gzip 1", "compression = gzip, compression-level = 1");
  }

  /** JSON mapped to CSV, ZSTD level 1. */
  static Variant csvZstd() {
    return csvZstd("CSV zstd", "");
  }

  /** The same with small files and little memory, so that a small partition fills it too. */
  static Variant csvZstdInLittleMemory() {
    return csvZstd(
        "CSV zstd 8 MiB", "files { target-size = 2MiB, memory = 8MiB, upload.memory = 8MiB }");
  }

  private static Variant csvZstd(String name, String files) {
    return new OurWriter(
        name,
        "name = %s, columns = [%s]".formatted(TABLE, columns()),
        files,
        (record, rows) -> rows.json(TABLE, record));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String land(JavaRDD<byte[]> records, Target target) {
    String folder = name.replace(' ', '-');
    BatchSink<byte[]> sink =
        sinks.computeIfAbsent(
            target.storage(), storage -> BatchSink.of(settings(storage, folder), mapper));
    Instant batchTime = FIRST_BATCH.plusSeconds(landings.incrementAndGet());
    IntervalReport report =
        sink.land(records, batchTime)
            .orElseThrow(() -> new IllegalStateException("batch " + batchTime + " was skipped"));
    if (report.rows() != report.records()) {
      throw new IllegalStateException("events were refused: " + report);
    }
    return folder + "/" + BatchFolder.interval(batchTime);
  }

  private static Variant lines(String name, String compression) {
    return new OurWriter(
        name,
        "name = %s, plain = true, format = json, %s".formatted(TABLE, compression),
        "",
        (record, rows) -> rows.line(TABLE, record));
  }

  private static String columns() {
    return Arrays.stream(EventColumn.values())
        .map(
            column ->
                "{ name = %s, type = \"%s\", time-form = %s }"
                    .formatted(
                        column.label(),
                        column.redshiftType(),
                        column.isEpochMillis() ? "epoch-ms" : "iso"))
        .collect(joining(", "));
  }

  private SinkConfig settings(Storage storage, String folder) {
    StackEndpoints stack = storage.endpoints();
    return SinkConfig.parse(
        """
        sink {
          application = benchmark
          batch-folder = "s3://%s/%s"
          queue.url = "%s"
          aws {
            region = "%s"
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          %s
          tables = [{ %s }]
        }
        """
            .formatted(
                storage.bucket(),
                folder,
                storage.queueUrl(),
                stack.region(),
                stack.s3(),
                stack.sqs(),
                files,
                table));
  }
}
