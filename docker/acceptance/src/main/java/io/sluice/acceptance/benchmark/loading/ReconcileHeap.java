package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.StackEndpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is live in the heap while a log of many batches is reconciled with its ledger. */
final class ReconcileHeap {
  private static final TableName TABLE = TableName.parse("public.reconciled_events");
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double MEGABYTE = 1e6;

  private final Stand stand;
  private final Path logs;
  private final BatchFolder folder;
  private final Consumer<String> progress;
  private int entered;

  /**
   * What one run held.
   *
   * @param peakMb the most that was live after a full collection
   * @param looks how often that was asked
   */
  record Found(int batches, double peakMb, int looks, double seconds) {}

  ReconcileHeap(Stand stand, Path logs, Consumer<String> progress) {
    this.stand = stand;
    this.logs = logs;
    this.folder = stand.folder("reconciled");
    this.progress = progress;
    stand.command(
        new LoaderSettings(stand.queue("reconciled"), folder, List.of(TABLE), ""), "init");
  }

  /** Reconciles so many batches, more than before. */
  Found with(int batches) {
    enter(batches);
    long begun = System.nanoTime();
    try (ChildProcess probe = start(batches)) {
      LogFile log = new LogFile(probe.log());
      HeapLooks looks = new HeapLooks(probe);
      probe.await(
          "it had reconciled %,d batches".formatted(batches),
          PATIENCE,
          () -> looks.look() && log.has("xact: "));
      if (!log.has("exact: " + batches + " batches")) {
        throw new IllegalStateException("the log is not exact:\n" + probe.logTail());
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      Found found = new Found(batches, looks.peak() / MEGABYTE, looks.count(), seconds);
      progress.accept(
          "%-8s %,d batches reconciled in %.0f s, %.1f MB live at the most"
              .formatted("L5", batches, seconds, found.peakMb()));
      return found;
    }
  }

  private ChildProcess start(int batches) {
    StackEndpoints.Redshift warehouse = stand.endpoints().redshift().orElseThrow();
    String name = "reconcile-" + batches;
    List<String> line =
        List.of(
            ChildProcess.java().toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ReconcileProbe.class.getName(),
            warehouse.url(),
            warehouse.user(),
            LoaderSettings.LEDGER_SCHEMA,
            folder.toString(),
            TABLE.toString(),
            Integer.toString(batches));
    Map<String, String> environment = Map.of(ReconcileProbe.PASSWORD, warehouse.password());
    return ChildProcess.start(
        new ChildProcess.Spec(name, line, environment, logs.resolve(name + ".log")));
  }

  /** Enters what a loader would have entered, by doubling. */
  private void enter(int batches) {
    if (entered == 0) {
      stand.execute(
          """
          INSERT INTO sluice.ledger (batch_folder, manifest_number, table_name, load_id, row_count, byte_count,
            file_count, batch_time, arrival_min, arrival_max, loaded_at, loader_id, state)
          VALUES ('%s', 1, '%s', '20260101T000000.000Z-0123456789abcdef', %d, %d, %d,
            SYSDATE, SYSDATE, SYSDATE, SYSDATE, 'benchmark', 'loaded')"""
              .formatted(
                  folder,
                  TABLE,
                  NumberedIntervals.FILES * NumberedIntervals.ROWS_A_FILE,
                  NumberedIntervals.FILES * NumberedIntervals.BYTES_A_FILE,
                  NumberedIntervals.FILES));
      entered = 1;
    }
    while (entered < batches) {
      stand.execute(
          """
          INSERT INTO sluice.ledger (batch_folder, manifest_number, table_name, load_id, row_count, byte_count,
            file_count, batch_time, arrival_min, arrival_max, loaded_at, loader_id, state)
          SELECT batch_folder, manifest_number + %d, table_name, load_id, row_count, byte_count,
            file_count, batch_time, arrival_min, arrival_max, loaded_at, loader_id, state
          FROM sluice.ledger WHERE manifest_number + %d <= %d"""
              .formatted(entered, entered, batches));
      entered = Math.min(batches, 2 * entered);
    }
  }
}
