package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.Spread;
import io.sluice.acceptance.benchmark.loading.LandedEvents.Size;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Small batches, one at a time, into a loader that waits for nothing: from before the message is
 * sent until the loader's log tells of the load, whose row another session must see then, beside
 * the raw COPY of the same batch on a connection that is open.
 */
final class Latency implements AutoCloseable {
  private static final TableName TABLE = TableName.parse("public.prompt_events");
  private static final Size SIZE = new Size(100, 1, 100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long LOOK_EVERY_MICROS = 300;
  private static final double NANOS_A_MILLI = 1e6;

  private final Stand stand;
  private final LandedEvents landed;
  private final String queue;
  private final ChildProcess loader;
  private final LoadLog log;
  private int loaded;

  /**
   * What the rounds found, in milliseconds.
   *
   * @param overhead of each batch of each round: message to row, less the raw COPY's median of the
   *     same round
   * @param total message to row
   * @param raw the raw COPYs
   */
  record Found(List<List<Double>> overhead, List<List<Double>> total, List<List<Double>> raw) {
    /** One a round. */
    List<Double> medians(List<List<Double>> rounds) {
      return percentiles(rounds, 0.5);
    }

    /** One a round. */
    List<Double> percentiles(List<List<Double>> rounds, double share) {
      return rounds.stream().map(round -> Spread.percentile(round, share)).toList();
    }
  }

  /** Puts the files and starts the loader, which waits. */
  Latency(Stand stand) {
    this.stand = stand;
    stand.execute(EventRows.ddl(TABLE));
    BatchFolder folder = stand.folder("prompt");
    this.landed = new LandedEvents(stand, folder, TABLE, SIZE);
    this.queue = stand.queue("prompt");
    this.loader =
        stand.startLoader(
            new LoaderSettings(
                queue, folder, List.of(TABLE), "copy { max-wait = 0s, min-interval = 0s }"),
            "-Xmx512m",
            PATIENCE);
    this.log = new LoadLog(new LogFile(loader.log()));
  }

  /** Runs rounds of a hundred batches each; the first one warms up. */
  Found run(int rounds, Consumer<String> progress) throws SQLException, InterruptedException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round <= rounds; round++) {
      List<Double> total = new ArrayList<>();
      List<Double> raw = new ArrayList<>();
      round(total, raw);
      List<Double> overhead = overhead(total, raw);
      progress.accept(
          "%-8s %-8s message to row %.1f ms, raw COPY %.1f ms, overhead p50 %.1f ms, p99 %.1f ms"
              .formatted(
                  "latency",
                  round == 0 ? "warm-up" : "round " + round,
                  Spread.percentile(total, 0.5),
                  Spread.percentile(raw, 0.5),
                  Spread.percentile(overhead, 0.5),
                  Spread.percentile(overhead, 0.99)));
      if (round > 0) {
        found.overhead().add(overhead);
        found.total().add(total);
        found.raw().add(raw);
      }
    }
    return found;
  }

  /** What each batch took beyond the median of the raw COPYs. */
  static List<Double> overhead(List<Double> total, List<Double> raw) {
    double copy = Spread.of(raw).median();
    return total.stream().map(millis -> millis - copy).toList();
  }

  @Override
  public void close() {
    loader.close();
  }

  private void round(List<Double> total, List<Double> raw)
      throws SQLException, InterruptedException {
    List<String> copyManifests = landed.putCopyManifests(1);
    stand.execute("truncate " + TABLE);
    try (Connection observer = stand.clients().warehouse();
        Connection copying = stand.clients().warehouse();
        Statement copy = copying.createStatement()) {
      for (int batch = 0; batch < SIZE.batches(); batch++) {
        total.add(byLoader(batch, observer));
        long begun = System.nanoTime();
        copy.execute(RawCopy.of(TABLE, copyManifests.get(batch)));
        raw.add(millisSince(begun));
      }
    }
  }

  private double byLoader(int batch, Connection observer)
      throws SQLException, InterruptedException {
    ManifestMessage message = landed.land(batch);
    try (PreparedStatement look =
        observer.prepareStatement("select 1 from " + TABLE + " where event_id = ? limit 1")) {
      look.setString(1, landed.firstId(batch));
      long begun = System.nanoTime();
      stand.send(queue, List.of(message));
      awaitLoad(++loaded, begun);
      double millis = millisSince(begun);
      if (!sees(look)) {
        throw new IllegalStateException("the loader tells of a load that nobody sees");
      }
      return millis;
    }
  }

  /** By its log, for a session that asks all the time would take the machine from the loader. */
  private void awaitLoad(int loads, long begun) throws InterruptedException {
    while (log.batches() < loads) {
      if (millisSince(begun) > PATIENCE.toMillis()) {
        throw new IllegalStateException("the loader does not load:\n" + loader.logTail());
      }
      TimeUnit.MICROSECONDS.sleep(LOOK_EVERY_MICROS);
    }
  }

  private static boolean sees(PreparedStatement look) throws SQLException {
    try (ResultSet row = look.executeQuery()) {
      return row.next();
    }
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / NANOS_A_MILLI;
  }
}
