package io.sluice.acceptance.benchmark.loading;

import io.sluice.acceptance.benchmark.loading.LandedDay.Size;
import io.sluice.acceptance.benchmark.loading.Rounds.Way;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A day of several tables that nobody has loaded: by {@code backfill}, from the start of its
 * process to its end, and by one raw COPY a table, as many at a time.
 */
final class BackfilledDay {
  static final String BACKFILL = "backfill";
  static final String RAW = "one raw COPY a table";

  private static final int CONCURRENCY = 4;
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final double NANOS = 1e9;

  private final Stand stand;
  private final Size size;
  private final Consumer<String> progress;
  private final List<TableName> tables;
  private final LoaderSettings settings;
  private final List<String> copyManifests;

  /** Lands the day. */
  BackfilledDay(Stand stand, Size size, Consumer<String> progress) {
    this.stand = stand;
    this.size = size;
    this.progress = progress;
    this.tables =
        IntStream.rangeClosed(1, size.tables())
            .mapToObj(number -> TableName.parse("public.backfilled_" + number))
            .toList();
    BatchFolder folder = stand.folder("backfilled");
    this.settings = new LoaderSettings(stand.queue("backfilled"), folder, tables, "");
    tables.forEach(table -> stand.execute(EventRows.ddl(table)));
    LandedDay day = new LandedDay(stand.store(), folder, tables, size);
    day.land();
    this.copyManifests = tables.stream().map(day::putCopyManifest).toList();
    stand.command(settings, "init");
  }

  List<Way> ways() {
    return List.of(
        new Way(BACKFILL, () -> checked(this::backfill)), new Way(RAW, () -> checked(this::raw)));
  }

  /** Kills it twice on its way, and proves what there is in the end. */
  void killTwice() throws SQLException {
    empty();
    long batches = (long) size.intervals() * size.tables();
    for (int kill = 1; kill <= 2; kill++) {
      long least = kill * batches / 3;
      try (ChildProcess process = start()) {
        process.await(
            "%,d batches were loaded".formatted(least),
            PATIENCE,
            () -> count("sluice.ledger") >= least);
        process.kill();
      }
      progress.accept(
          "%-8s killed with %,d of %,d batches in the ledger"
              .formatted("backfill", count("sluice.ledger"), batches));
    }
    backfill();
    requireAll();
    stand.command(settings, "reconcile", "--any-rows");
    progress.accept("%-8s exact after two kills".formatted("backfill"));
  }

  private double checked(Rounds.Measurement measurement) throws SQLException, InterruptedException {
    empty();
    double seconds = measurement.take();
    requireAll();
    return seconds;
  }

  private void empty() {
    tables.forEach(table -> stand.execute("truncate " + table));
    stand.execute("delete from sluice.ledger");
  }

  private void requireAll() {
    for (TableName table : tables) {
      long rows = count(table.toString());
      if (rows != size.rowsOfATable()) {
        throw new IllegalStateException(
            "%s has %,d rows and not %,d".formatted(table, rows, size.rowsOfATable()));
      }
    }
  }

  private double backfill() {
    long begun = System.nanoTime();
    try (ChildProcess process = start()) {
      int code = process.awaitExit(PATIENCE);
      if (code != 0) {
        throw new IllegalStateException("backfill ended with " + code + ":\n" + process.logTail());
      }
    }
    return (System.nanoTime() - begun) / NANOS;
  }

  private ChildProcess start() {
    return stand.start(
        settings, "-Xmx256m", "backfill", "--all", "--max-concurrency", "" + CONCURRENCY);
  }

  private double raw() throws SQLException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(CONCURRENCY);
    try {
      long begun = System.nanoTime();
      List<Future<Void>> copies = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        String copy = RawCopy.of(tables.get(i), copyManifests.get(i));
        copies.add(pool.submit(executing(copy)));
      }
      for (Future<Void> copy : copies) {
        copy.get();
      }
      return (System.nanoTime() - begun) / NANOS;
    } catch (ExecutionException e) {
      throw new SQLException("a raw COPY failed", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Callable<Void> executing(String sql) {
    return () -> {
      stand.execute(sql);
      return null;
    };
  }

  private long count(String table) {
    try (Connection connection = stand.clients().warehouse();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count the rows of " + table, e);
    }
  }
}
