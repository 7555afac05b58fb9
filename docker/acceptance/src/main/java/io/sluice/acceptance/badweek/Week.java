package io.sluice.acceptance.badweek;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.sqs.model.PurgeQueueRequest;
import com.github.luben.zstd.Zstd;
import io.sluice.acceptance.pipeline.Pipeline;
import io.sluice.acceptance.pipeline.Producer;
import io.sluice.acceptance.pipeline.Resources;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What goes wrong, day by day, and what the operator does about it. */
final class Week {
  /** The loader's user. */
  static final String LOADER = "loader";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int PORTION = 100;

  private final Pipeline pipeline;
  private final Resources resources;
  private final Path password;
  private final List<String> earthquakes;
  private final Producer producer;
  private final Stages stages;
  private final Desk desk;
  private int next;

  /** {@code password} is the file that the loader reads it from. */
  Week(Pipeline pipeline, Path password, List<String> earthquakes, Desk desk) {
    this.pipeline = pipeline;
    this.resources = pipeline.resources();
    this.password = password;
    this.earthquakes = earthquakes;
    this.producer = resources.producer();
    this.stages = resources.stages();
    this.desk = desk;
  }

  void begin() {
    writePassword("Sunday123");
    desk.day("Sunday: the first look");
    desk.sql("CREATE USER " + LOADER + " PASSWORD 'Sunday123'");
    desk.sql("GRANT CREATE ON DATABASE dev TO " + LOADER);
    desk.sql("ALTER TABLE public.earthquakes ADD COLUMN sluice_load VARCHAR(64)");
    desk.sql("GRANT ALL ON TABLE public.earthquakes TO " + LOADER);
    desk.type(0, "init");
    desk.type(0, "doctor", "--canary");
    pipeline.startWriter();
    pipeline.startLoader();
    land();
    awaitLoaded();
    desk.type(0, "status");
  }

  void aBadFile() {
    desk.day("Monday: a bad file");
    pipeline.loader().terminate(GRACE);
    long last = resources.manifests().lastNumber();
    land();
    Manifest manifest = resources.manifests().read(last + 1).orElseThrow();
    DataFile file = manifest.batches().get(0).files().get(0);
    desk.tell("Somebody rewrites " + resources.batchFolder().uri(file.key()));
    byte[] good = rewrite(file);
    pipeline.startLoader();
    awaitLog("are in quarantine");
    desk.showLog("are in quarantine");
    desk.type(0, "quarantine", "list");
    desk.type(0, "quarantine", "show", resources.batchFolder() + "#" + manifest.number());
    desk.tell("The file is brought back.");
    store().put(key(file), good);
    desk.type(0, "quarantine", "retry", resources.batchFolder() + "#" + manifest.number());
    awaitLoaded();
    desk.type(0, "reconcile");
  }

  void aDroppedTable() throws SQLException {
    desk.day("Tuesday: a dropped table");
    desk.sql("DROP TABLE public.earthquakes");
    land();
    awaitLog("is paused: ");
    desk.showLog("is paused: ");
    desk.type(0, "status");
    desk.tell(
        "The table is made anew, from its DDL. The loader finds that out by itself, and the rows of old are loaded again.");
    resources.makeTable();
    desk.sql("ALTER TABLE public.earthquakes ADD COLUMN sluice_load VARCHAR(64)");
    desk.sql("GRANT ALL ON TABLE public.earthquakes TO " + LOADER);
    awaitLog("loads again after");
    desk.type(3, "reconcile", "--deep");
    desk.type(0, "backfill", "--all", "--from", "1d ago", "--reload", "--rows-gone");
    awaitLoaded();
    desk.type(0, "reconcile", "--deep");
  }

  void anExpiredPassword() {
    desk.day("Wednesday: an expired password");
    desk.sql("ALTER USER " + LOADER + " VALID UNTIL '2026-01-01'");
    desk.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + LOADER + "'");
    land();
    awaitLog("no table can be loaded");
    desk.showLog("no table can be loaded");
    desk.tell("The new password goes into the file that warehouse.password-file names.");
    desk.sql("ALTER USER " + LOADER + " PASSWORD 'Wednesday1' VALID UNTIL 'infinity'");
    writePassword("Wednesday1");
    awaitLoaded();
    desk.showLog("lets the loader in again");
  }

  void aLostQueue() {
    desk.day("Thursday: a lost queue");
    pipeline.loader().terminate(GRACE);
    land();
    desk.tell("Somebody purges the queue while the loader is down.");
    pipeline.clients().sqs().purgeQueue(new PurgeQueueRequest(resources.queueUrl()));
    desk.type(0, "status");
    pipeline.startLoader();
    awaitLoaded();
    desk.showLog("picked up");
    desk.type(0, "reconcile");
  }

  void aRegionThatIsDown() {
    desk.day("Friday: the region is down");
    Outage outage = new Outage(pipeline.stack().endpoints().control());
    outage.begin();
    try {
      put();
      awaitLog("cannot receive");
      desk.showLog("cannot receive");
      desk.type(1, "status");
      desk.tell("The region comes back.");
    } finally {
      outage.end();
    }
    if (!pipeline.writer().isAlive()) {
      desk.tell("The writer had ended with 1, and its supervisor starts it again.");
      pipeline.startWriter();
    }
    awaitLoaded();
    desk.type(0, "reconcile");
  }

  void theReplayOfADay() {
    desk.day("Saturday: the replay of a day");
    desk.tell("A view was wrong, and somebody has \"repaired\" rows by hand.");
    desk.sql("UPDATE public.earthquakes SET mag = mag + 1");
    desk.type(0, "backfill", "--all", "--from", "1d ago", "--reload", "--dry-run");
    desk.type(0, "backfill", "--all", "--from", "1d ago", "--reload");
    awaitLoaded();
  }

  void theProof() {
    desk.day("Sunday: the proof");
    desk.type(0, "reconcile", "--deep");
    desk.type(0, "cost", "--days", "7");
  }

  /** Puts records and waits until the writer has landed them. */
  private void land() {
    put();
    await(pipeline.writer(), "the records were landed", () -> stages.landed().landed() == next);
  }

  private void put() {
    producer.put(earthquakes.subList(next, next + PORTION).stream());
    next += PORTION;
  }

  private void awaitLoaded() {
    await(
        pipeline.loader(),
        "all rows were loaded once",
        () -> {
          Stages.Loaded loaded = stages.loaded();
          return loaded.rows() == next && loaded.distinct() == next;
        });
  }

  private void awaitLog(String words) {
    await(pipeline.loader(), "its log said '" + words + "'", () -> desk.logHas(words));
  }

  private static void await(ChildProcess process, String what, BooleanSupplier condition) {
    process.await(what, PATIENCE, condition);
  }

  /** A magnitude of its first row becomes a word; returns the file as it was. */
  private byte[] rewrite(DataFile file) {
    byte[] good = store().get(key(file)).orElseThrow();
    String text = new String(Zstd.decompress(good, (int) file.uncompressedBytes()), UTF_8);
    String[] fields = text.split(",", 5);
    fields[3] = "strong";
    store().put(key(file), Zstd.compress(String.join(",", fields).getBytes(UTF_8)));
    return good;
  }

  private S3ObjectStore store() {
    return new S3ObjectStore(pipeline.clients().s3(), resources.batchFolder().bucket());
  }

  private String key(DataFile file) {
    BatchFolder folder = resources.batchFolder();
    return folder.key(file.key());
  }

  private void writePassword(String words) {
    try {
      Files.writeString(password, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
