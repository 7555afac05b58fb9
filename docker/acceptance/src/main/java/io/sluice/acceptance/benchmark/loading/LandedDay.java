package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.store.SourceBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A day of a writer: an interval a minute, in each a batch of one file for each table. The files of
 * a few intervals come again and again under other keys.
 */
final class LandedDay {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BODIES = 60;
  private static final int LEVEL = 1;

  private final ObjectStore store;
  private final BatchFolder folder;
  private final List<TableName> tables;
  private final Size size;
  private final List<byte[]> plain = new ArrayList<>();
  private final List<byte[]> packed = new ArrayList<>();

  /**
   * How much there is.
   *
   * @param rows of each batch
   */
  record Size(int intervals, int tables, int rows) {
    long rowsOfATable() {
      return (long) intervals * rows;
    }
  }

  LandedDay(ObjectStore store, BatchFolder folder, List<TableName> tables, Size size) {
    this.store = store;
    this.folder = folder;
    this.tables = List.copyOf(tables);
    this.size = size;
    EventRows rows = new EventRows();
    for (int body = 0; body < Math.min(BODIES, size.intervals()); body++) {
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < size.rows(); row++) {
        text.append(rows.csv((long) body * size.rows() + row));
      }
      plain.add(text.toString().getBytes(UTF_8));
      packed.add(Zstd.compress(plain.get(body), LEVEL));
    }
  }

  /** Puts files and manifests. */
  void land() {
    ManifestLog log = new ManifestLog(store, folder, PATIENCE);
    for (int number = 1; number <= size.intervals(); number++) {
      int interval = number;
      List<Batch> batches = tables.parallelStream().map(table -> put(table, interval)).toList();
      log.append(
          new Manifest(
              number,
              Manifest.Kind.BATCH,
              LandedEvents.WRITER,
              time(number),
              INTERVAL,
              List.of(),
              batches,
              Rejects.none(),
              time(number)));
    }
  }

  /** Puts a COPY manifest of all batches of a table; returns its address. */
  String putCopyManifest(TableName table) {
    List<SourceBatch> all =
        IntStream.rangeClosed(1, size.intervals())
            .mapToObj(
                number ->
                    new SourceBatch(
                        new BatchId(folder, number, table),
                        time(number),
                        time(number),
                        batch(table, number)))
            .toList();
    String key = BatchFolder.copyManifest("benchmark-" + table);
    store.put(folder.key(key), CopyManifest.of(all).json().getBytes(UTF_8));
    return folder.uri(key);
  }

  private Batch put(TableName table, int number) {
    Batch batch = batch(table, number);
    store.put(folder.key(batch.files().get(0).key()), packed.get(number % packed.size()));
    return batch;
  }

  private Batch batch(TableName table, int number) {
    int body = number % packed.size();
    String key =
        BatchFolder.dataFile(time(number), table, 0, LandedEvents.WRITER.attempt(), "csv.zst");
    DataFile file =
        new DataFile(
            key, size.rows(), packed.get(body).length, plain.get(body).length, "crc32c:00000000");
    return new Batch(
        table,
        EventRows.columns(),
        FileFormat.csvZstd(),
        List.of(file),
        time(number - 1),
        time(number));
  }

  private static Instant time(long number) {
    return START.plus(INTERVAL.multipliedBy(number));
  }
}
