package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
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
 * Batches of events as the writer lands them. The data files are put once; each landing names them
 * in new manifests, so that every way to load them meets the same bytes.
 */
final class LandedEvents {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final WriterRun WRITER = new WriterRun("benchmark", "here:1", "attempt");

  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LEVEL = 1;

  private final BatchFolder folder;
  private final TableName table;
  private final Size size;
  private final EventRows rows = new EventRows();
  private final ObjectStore store;
  private final ManifestLog log;
  private final List<Batch> batches = new ArrayList<>();
  private long landed;
  private int copyManifests;

  /**
   * How much there is.
   *
   * @param files of each batch
   * @param rows of each batch
   */
  record Size(int batches, int files, int rows) {}

  /** Puts the data files. */
  LandedEvents(Stand stand, BatchFolder folder, TableName table, Size size) {
    this.folder = folder;
    this.table = table;
    this.size = size;
    this.store = stand.store();
    this.log = new ManifestLog(store, folder, PATIENCE);
    for (int batch = 0; batch < size.batches(); batch++) {
      batches.add(put(batch));
    }
  }

  /** How much there is. */
  Size size() {
    return size;
  }

  /** The rows of all batches. */
  long rowCount() {
    return (long) size.batches() * size.rows();
  }

  /** The bytes of all batches, as they lie in S3. */
  long bytes() {
    return batches.stream().mapToLong(Batch::bytes).sum();
  }

  /** The log that the batches are landed in. */
  ManifestLog log() {
    return log;
  }

  /**
   * Lands the first of them, as many as are said, and then every one; returns what announces them.
   */
  List<ManifestMessage> landMore(int first) {
    return IntStream.concat(IntStream.range(0, first), IntStream.range(0, size.batches()))
        .mapToObj(this::land)
        .toList();
  }

  /** Lands one of them once more, as an interval of its own. */
  ManifestMessage land(int batch) {
    Manifest manifest =
        new Manifest(
            ++landed,
            Manifest.Kind.BATCH,
            WRITER,
            time(landed),
            INTERVAL,
            List.of(),
            List.of(batches.get(batch)),
            Rejects.none(),
            time(landed));
    log.append(manifest);
    return ManifestMessage.of(folder, manifest, batches.get(batch));
  }

  /** Puts COPY manifests, each of so many batches; returns their addresses. */
  List<String> putCopyManifests(int batchesEach) {
    List<String> addresses = new ArrayList<>();
    for (int from = 0; from < size.batches(); from += batchesEach) {
      addresses.add(
          putCopyManifest(batches.subList(from, Math.min(size.batches(), from + batchesEach))));
    }
    return addresses;
  }

  /** Puts a COPY manifest of these batches; returns its address. */
  String putCopyManifest(List<Batch> some) {
    List<SourceBatch> sources =
        some.stream()
            .map(batch -> new SourceBatch(new BatchId(folder, 1, table), START, START, batch))
            .toList();
    String key = BatchFolder.copyManifest("benchmark-" + ++copyManifests);
    store.put(folder.key(key), CopyManifest.of(sources).json().getBytes(UTF_8));
    return folder.uri(key);
  }

  /** The {@code event_id} of the first row of a batch. */
  String firstId(int batch) {
    return rows.id((long) batch * size.rows());
  }

  private Batch put(int batch) {
    List<DataFile> files = new ArrayList<>();
    for (int part = 0; part < size.files(); part++) {
      long from = (long) batch * size.rows() + (long) part * size.rows() / size.files();
      long to = (long) batch * size.rows() + (long) (part + 1) * size.rows() / size.files();
      StringBuilder text = new StringBuilder();
      for (long number = from; number < to; number++) {
        text.append(rows.csv(number));
      }
      byte[] plain = text.toString().getBytes(UTF_8);
      byte[] body = Zstd.compress(plain, LEVEL);
      String key = BatchFolder.dataFile(time(batch + 1L), table, part, WRITER.attempt(), "csv.zst");
      store.put(folder.key(key), body);
      files.add(new DataFile(key, to - from, body.length, plain.length, "crc32c:00000000"));
    }
    return new Batch(
        table, EventRows.columns(), FileFormat.csvZstd(), files, START, START.plus(INTERVAL));
  }

  private static Instant time(long interval) {
    return START.plus(INTERVAL.multipliedBy(interval));
  }
}
