package io.sluice.acceptance.loads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.sqs.AmazonSQS;
import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.S3ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lands intervals as a writer does, a batch a table, now and then with a bad file, and announces
 * them as a bad network does: some messages are lost, some come twice, some are nobody's.
 */
final class LandedBatches {
  static final String DDL = "id bigint not null, name varchar(20), amount decimal(10, 2)";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "bigint"),
          new Column("name", "varchar(20)"),
          new Column("amount", "decimal(10,2)"));
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final WriterRun WRITER = new WriterRun("loads", "here:1", "attempt");
  private static final int ROWS_A_FILE = 5;

  /**
   * A file that must go to quarantine.
   *
   * @param line where its bad row is
   */
  record BadFile(TableName table, int line) {}

  private final LoadPlace place;
  private final AmazonSQS sqs;
  private final Random random;
  private final ManifestLog log;
  private final Map<TableName, List<Long>> good = new ConcurrentHashMap<>();
  private final Map<String, BadFile> bad = new ConcurrentHashMap<>();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger foreign = new AtomicInteger();
  private long nextId;

  LandedBatches(LoadPlace place, Random random) {
    this.place = place;
    this.sqs = place.clients().sqs();
    this.random = random;
    this.log =
        new ManifestLog(
            new S3ObjectStore(place.clients().s3(), LoadPlace.FOLDER.bucket()),
            LoadPlace.FOLDER,
            Duration.ofSeconds(30));
    place.tables().forEach(table -> good.put(table, new ArrayList<>()));
  }

  /** Lands one interval with a batch for each table and announces it. */
  void land(long number) {
    Instant batchTime = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Batch> all = place.tables().stream().map(table -> batch(table, batchTime)).toList();
    Manifest manifest =
        new Manifest(
            number,
            Manifest.Kind.BATCH,
            WRITER,
            batchTime,
            INTERVAL,
            List.of(),
            all,
            Rejects.none(),
            batchTime);
    log.append(manifest);
    batches.addAndGet(all.size());
    for (Batch batch : all) {
      announce(ContractJson.write(ManifestMessage.of(LoadPlace.FOLDER, manifest, batch)));
    }
  }

  /** The ids that must be in a table. */
  List<Long> good(TableName table) {
    return List.copyOf(good.get(table));
  }

  long goodRows() {
    return good.values().stream().mapToLong(List::size).sum();
  }

  /** By their keys in the batch folder. */
  Map<String, BadFile> bad() {
    return Map.copyOf(bad);
  }

  int batches() {
    return batches.get();
  }

  /** Messages that no loader can use. */
  int foreign() {
    return foreign.get();
  }

  private void announce(String message) {
    int chance = random.nextInt(100);
    if (chance < 4) {
      return;
    }
    for (int i = 0; i < (chance < 8 ? 2 : 1); i++) {
      sqs.sendMessage(place.queue(), message);
    }
    if (chance == 99) {
      sqs.sendMessage(place.queue(), "{\"hello\": %d}".formatted(chance));
      foreign.incrementAndGet();
    }
  }

  private Batch batch(TableName table, Instant batchTime) {
    List<DataFile> files = new ArrayList<>();
    for (int part = 0; part < 1 + random.nextInt(4); part++) {
      files.add(file(table, batchTime, part));
    }
    return new Batch(
        table,
        COLUMNS,
        FileFormat.csvZstd(),
        files,
        batchTime.minus(INTERVAL),
        batchTime.minusMillis(1));
  }

  private DataFile file(TableName table, Instant batchTime, int part) {
    int rows = 1 + random.nextInt(ROWS_A_FILE);
    int badLine = random.nextInt(60) == 0 ? 1 + random.nextInt(rows) : 0;
    StringBuilder text = new StringBuilder();
    List<Long> ids = new ArrayList<>();
    for (int line = 1; line <= rows; line++) {
      ids.add(nextId);
      text.append(line == badLine ? "no-number" : Long.toString(nextId))
          .append(",n")
          .append(nextId % 7)
          .append(",1.25\n");
      nextId++;
    }
    String key = BatchFolder.dataFile(batchTime, table, part, WRITER.attempt(), "csv.zst");
    if (badLine > 0) {
      bad.put(key, new BadFile(table, badLine));
    } else {
      good.get(table).addAll(ids);
    }
    byte[] plain = text.toString().getBytes(UTF_8);
    byte[] body = Zstd.compress(plain);
    new S3ObjectStore(place.clients().s3(), LoadPlace.FOLDER.bucket())
        .put(LoadPlace.FOLDER.key(key), body);
    return new DataFile(key, rows, body.length, plain.length, "crc32c:00000000");
  }
}
