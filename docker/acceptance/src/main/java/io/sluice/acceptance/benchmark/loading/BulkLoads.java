package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.loading.LandedEvents.Size;
import io.sluice.acceptance.benchmark.loading.LoadLog.Load;
import io.sluice.acceptance.benchmark.loading.Rounds.Way;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Many batches that wait, loaded by the running loader, by raw COPYs of the same files, and by
 * loops that load a batch a COPY.
 *
 * <p>Loader and loops are behind: of the batches that wait they load one COPY's more than are
 * timed, and the time begins when that first COPY is committed. What it takes to notice the first
 * message is in {@link Latency}.
 */
final class BulkLoads implements AutoCloseable {
  static final String LOADER = "loader, ten batches a COPY";
  static final String RAW = "one raw COPY";
  static final String RAW_TENS = "raw COPYs of ten batches";
  static final String SERIAL = "a COPY a batch, serial";
  static final String SERIAL_UNCHECKED = "a COPY a batch that checks nothing";

  private static final TableName TABLE = TableName.parse("public.bulk_events");
  private static final int BATCHES_A_COPY = 10;
  private static final double NANOS = 1e9;

  /** Catch-up would take up what others have landed and announced to nobody. */
  private static final String SETTINGS =
      "copy { max-batches = %d, max-wait = 5s, min-interval = 0s }, catch-up.interval = 1d";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Stand stand;
  private final LandedEvents landed;
  private final String queue;
  private final String allAtOnce;
  private final List<String> byTens;
  private final SerialLoops serial;
  private final ChildProcess loader;
  private final LoadLog log;

  /** Lands the batches and starts the loader, which waits. */
  BulkLoads(Stand stand, Size size) {
    this.stand = stand;
    stand.execute(EventRows.ddl(TABLE));
    BatchFolder folder = stand.folder("bulk");
    this.landed = new LandedEvents(stand, folder, TABLE, size);
    this.allAtOnce = landed.putCopyManifests(size.batches()).get(0);
    this.byTens = landed.putCopyManifests(BATCHES_A_COPY);
    this.queue = stand.queue("bulk");
    this.serial = new SerialLoops(stand, landed, TABLE, stand.queue("bulk-serial"));
    this.loader =
        stand.startLoader(
            new LoaderSettings(queue, folder, List.of(TABLE), SETTINGS.formatted(BATCHES_A_COPY)),
            "-Xmx512m",
            PATIENCE);
    this.log = new LoadLog(new LogFile(loader.log()));
  }

  LandedEvents landed() {
    return landed;
  }

  Way loader() {
    return new Way(LOADER, () -> checked(BATCHES_A_COPY, this::byLoader));
  }

  Way rawAtOnce() {
    return new Way(RAW, () -> checked(0, () -> raw(List.of(allAtOnce))));
  }

  Way rawByTens() {
    return new Way(RAW_TENS, () -> checked(0, () -> raw(byTens)));
  }

  Way serial() {
    return new Way(SERIAL, () -> checked(1, serial::asTheLoader));
  }

  Way serialUnchecked() {
    return new Way(SERIAL_UNCHECKED, () -> checked(1, serial::unchecked));
  }

  @Override
  public void close() {
    loader.close();
  }

  private double byLoader() {
    List<ManifestMessage> messages = landed.landMore(BATCHES_A_COPY);
    int before = log.batches();
    int loads = log.loads().size();
    stand.send(queue, messages);
    loader.await(
        "all batches were loaded", PATIENCE, () -> log.batches() >= before + messages.size());
    List<Load> all = log.loads().subList(loads, log.loads().size());
    int copies = (messages.size() + BATCHES_A_COPY - 1) / BATCHES_A_COPY;
    if (all.size() != copies) {
      throw new IllegalStateException(
          "the loader ran %d COPYs and not %d".formatted(all.size(), copies));
    }
    return Duration.between(all.get(0).at(), all.get(copies - 1).at()).toNanos() / NANOS;
  }

  private double raw(List<String> manifests) throws SQLException {
    try (Connection connection = stand.clients().warehouse();
        Statement statement = connection.createStatement()) {
      long begun = System.nanoTime();
      for (String manifest : manifests) {
        statement.execute(RawCopy.of(TABLE, manifest));
      }
      return (System.nanoTime() - begun) / NANOS;
    }
  }

  /**
   * Into an empty table, and all rows are there in the end; neither is in the time.
   *
   * @param more how many batches are loaded beside those that are timed
   */
  private double checked(int more, Rounds.Measurement measurement)
      throws SQLException, InterruptedException {
    stand.execute("truncate " + TABLE);
    double seconds = measurement.take();
    long rows = landed.rowCount() + (long) more * landed.size().rows();
    try (Connection connection = stand.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + TABLE)) {
      count.next();
      if (count.getLong(1) != rows) {
        throw new IllegalStateException(
            "%d rows were loaded and not %d".formatted(count.getLong(1), rows));
      }
    }
    return seconds;
  }
}
