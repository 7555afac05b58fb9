package io.sluice.loader.store;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A batch folder as a writer lands it, for tests: real files, manifests and messages. */
public final class LandedFolder {
  public static final List<Column> COLUMNS =
      List.of(new Column("id", "bigint"), new Column("name", "varchar(64)"));

  public static final Instant START = Instant.parse("2026-11-22T05:00:00Z");

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final BatchFolder folder;
  private final ManifestLog log;
  private long last;

  public LandedFolder(ObjectStore store, BatchFolder folder) {
    this.store = store;
    this.folder = folder;
    this.log = new ManifestLog(store, folder, Duration.ofSeconds(5));
  }

  public BatchFolder folder() {
    return folder;
  }

  /** Lands one interval with one batch of one file of these lines. */
  public ManifestMessage land(TableName table, String... lines) {
    return land(table, COLUMNS, lines);
  }

  public ManifestMessage land(TableName table, List<Column> columns, String... lines) {
    Batch batch = batch(table, columns, List.of(file(table, 0, lines)));
    return ManifestMessage.of(folder, append(Manifest.Kind.BATCH, List.of(batch)), batch);
  }

  /** Lands one interval with one batch of a file for each of these lines. */
  public ManifestMessage landFiles(TableName table, List<String> lines) {
    List<DataFile> files = new ArrayList<>();
    for (String line : lines) {
      files.add(file(table, files.size(), line));
    }
    Batch batch = batch(table, COLUMNS, files);
    return ManifestMessage.of(folder, append(Manifest.Kind.BATCH, List.of(batch)), batch);
  }

  /** Lands one interval whose manifest promises {@code rows} rows whatever its file holds. */
  public ManifestMessage landPromising(long rows, TableName table, String... lines) {
    DataFile file = file(table, 0, lines);
    DataFile promise =
        new DataFile(file.key(), rows, file.bytes(), file.uncompressedBytes(), file.checksum());
    Batch batch = batch(table, COLUMNS, List.of(promise));
    return ManifestMessage.of(folder, append(Manifest.Kind.BATCH, List.of(batch)), batch);
  }

  /** Lands one interval with a batch of one line for each of these tables. */
  public List<ManifestMessage> landForAll(List<TableName> tables, String line) {
    List<Batch> batches = new ArrayList<>();
    for (TableName table : tables) {
      batches.add(batch(table, COLUMNS, List.of(file(table, 0, line))));
    }
    Manifest manifest = append(Manifest.Kind.BATCH, batches);
    return batches.stream().map(batch -> ManifestMessage.of(folder, manifest, batch)).toList();
  }

  public void takeOver() {
    append(Manifest.Kind.TAKEOVER, List.of());
  }

  /** The address of a data file of the last interval. */
  public static BatchId id(ManifestMessage message) {
    return new BatchId(message.batchFolder(), message.manifest(), message.table());
  }

  /** The key in the bucket of the one data file of a batch. */
  public String fileKey(ManifestMessage message) {
    return folder.key(
        log.read(message.manifest())
            .orElseThrow()
            .batch(message.table())
            .orElseThrow()
            .files()
            .get(0)
            .key());
  }

  private Manifest append(Manifest.Kind kind, List<Batch> batches) {
    last++;
    Manifest manifest =
        new Manifest(
            last,
            kind,
            new WriterRun("test", "host:1", "attempt"),
            batchTime(last),
            INTERVAL,
            List.of(),
            batches,
            Rejects.none(),
            batchTime(last));
    log.append(manifest);
    return manifest;
  }

  private Batch batch(TableName table, List<Column> columns, List<DataFile> files) {
    Instant time = batchTime(last + 1);
    return new Batch(
        table, columns, FileFormat.csvZstd(), files, time.minus(INTERVAL), time.minusMillis(1));
  }

  private DataFile file(TableName table, int part, String... lines) {
    String key = BatchFolder.dataFile(batchTime(last + 1), table, part, "attempt", "csv.zst");
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = Zstd.compress(text);
    store.put(folder.key(key), body);
    return new DataFile(key, lines.length, body.length, text.length, "crc32c:00000000");
  }

  private static Instant batchTime(long number) {
    return START.plus(INTERVAL.multipliedBy(number));
  }
}
