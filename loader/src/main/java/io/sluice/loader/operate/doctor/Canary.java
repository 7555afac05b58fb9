package io.sluice.loader.operate.doctor;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.StoredObject;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Scratch;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Lands a batch of two rows and loads it into a table of its own by the way that all batches go,
 * and takes everything away again, whatever has failed. One thread.
 */
public final class Canary {
  /** The columns of its table. */
  public static final List<Column> COLUMNS =
      List.of(new Column("id", "bigint"), new Column("name", "varchar(16)"));

  private static final String LINES = "1,one\n2,two\n";
  private static final int ROWS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BatchFolder folder;
  private final TableName table;
  private final ObjectStore store;
  private final Warehouse warehouse;
  private final Scratch scratch;
  private final LoadIds ids;
  private final Clock clock;

  /**
   * A canary.
   *
   * @param folder a batch folder of its own
   * @param table a table of its own, in the ledger's schema
   * @param warehouse one that makes the table
   */
  public Canary(
      BatchFolder folder,
      TableName table,
      ObjectStore store,
      Warehouse warehouse,
      Scratch scratch,
      LoadIds ids,
      Clock clock) {
    this.folder = folder;
    this.table = table;
    this.store = store;
    this.warehouse = warehouse;
    this.scratch = scratch;
    this.ids = ids;
    this.clock = clock;
  }

  /** A folder that the canary of this id has for itself. */
  public static BatchFolder folder(BatchFolder near, String id) {
    String own = "_canary/" + id;
    return new BatchFolder(
        near.bucket(), near.prefix().isEmpty() ? own : near.prefix() + "/" + own);
  }

  /**
   * Lets it fly.
   *
   * @param told hears of each step
   */
  public void run(Consumer<Finding> told) {
    try {
      boolean alive =
          step(told, "lands a batch", this::land)
              && step(told, "makes its lock", () -> warehouse.initialise(List.of(table)))
              && step(told, "is loaded", this::load)
              && step(told, "has its rows", this::count);
      told.accept(
          alive
              ? Finding.ok("canary", "what lands in %s comes into the warehouse".formatted(folder))
              : Finding.info("canary", "taken away again, see below"));
    } finally {
      step(told, "leaves the table", () -> scratch.drop(table));
      step(told, "leaves the ledger", () -> scratch.forget(folder, table));
      step(told, "leaves the bucket", this::remove);
    }
  }

  private void land() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    byte[] text = LINES.getBytes(StandardCharsets.UTF_8);
    byte[] body = Zstd.compress(text);
    String key = BatchFolder.dataFile(now, table, 0, "canary", "csv.zst");
    store.put(folder.key(key), body);
    CRC32C crc = new CRC32C();
    crc.update(body);
    DataFile file =
        new DataFile(key, ROWS, body.length, text.length, "crc32c:%08x".formatted(crc.getValue()));
    Batch batch = new Batch(table, COLUMNS, FileFormat.csvZstd(), List.of(file), now, now);
    new ManifestLog(store, folder, PATIENCE)
        .append(
            new Manifest(
                1,
                Manifest.Kind.BATCH,
                new WriterRun("sluice-loader doctor", "canary", "canary"),
                now,
                Duration.ofSeconds(1),
                List.of(),
                List.of(batch),
                new Rejects(List.of(), Map.of()),
                now));
  }

  private void load() {
    new Loader(
            warehouse,
            new BatchFolders(List.of(folder), bucket -> store),
            ids,
            "sluice-loader doctor",
            clock,
            1)
        .load(table, List.of(new BatchId(folder, 1, table)), new Strict());
  }

  private void count() {
    long rows = scratch.rows(table);
    if (rows != ROWS) {
      throw new IllegalStateException("%s has %d rows and not %d".formatted(table, rows, ROWS));
    }
  }

  private void remove() {
    store
        .list(folder.prefix() + "/", "")
        .forEachRemaining((StoredObject object) -> store.delete(object.key()));
  }

  private static boolean step(Consumer<Finding> told, String what, Runnable run) {
    String subject = "canary " + what;
    try {
      run.run();
      told.accept(Finding.ok(subject, "done"));
      return true;
    } catch (WarehouseException e) {
      told.accept(Finding.fail(subject, e.getMessage(), e.remedy()));
    } catch (LoadException e) {
      told.accept(Finding.fail(subject, e.getMessage(), e.remedy()));
    } catch (ObjectStoreException e) {
      told.accept(
          Finding.fail(subject, e.getMessage(), "let the loader write and delete in the bucket"));
    } catch (IllegalStateException e) {
      told.accept(Finding.fail(subject, e.getMessage(), "find out who else writes there"));
    }
    return false;
  }

  /** What cannot be loaded is thrown, and what is set aside shows by its rows. */
  private static final class Strict implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {
      // The rows are counted.
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      return false;
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      throw reason;
    }
  }
}
