package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Marked;
import io.sluice.loader.cli.output.Marked.Mark;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.health.RunningLoader;
import io.sluice.loader.intake.QueueDepth;
import io.sluice.loader.operate.report.Status;
import io.sluice.loader.operate.report.StatusReport;
import io.sluice.loader.operate.report.TableStatus;
import io.sluice.loader.warehouse.LoadSum;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code status}: how all tables are. */
@Command(
    name = "status",
    description = {
      "Tells of each table what waits, how fresh it is, how it was loaded last, and what keeps it"
          + " back: from the manifest logs, the ledger, the queue and, where it runs, the loader on"
          + " this machine. Changes nothing.",
      "States: loaded, waiting, late (beyond its freshness-objective), window (of maintenance),"
          + " paused (by a person), broken (somebody must repair something)."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader status --config loader.conf",
      "  Look at one table every ten seconds:",
      "    sluice-loader status -c loader.conf -t orders --watch --interval 10s",
      "  The batches that wait, for a program:",
      "    sluice-loader status -c loader.conf -o json | jq '.[] | {table, batches}'"
    })
final class StatusCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("state"),
          Column.number("batches"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.duration("waiting"),
          Column.duration("freshness"),
          Column.time("last_load"),
          Column.number("last_rows"),
          Column.duration("last_took"),
          Column.number("loads_last_hour"),
          Column.number("retries"),
          Column.number("quarantined_files"));

  /** For programs, which have no lines beside the table. */
  private static final List<Column> MORE =
      List.of(
          Column.text("reason"),
          Column.number("quarantined_rows"),
          Column.text("last_load_id"),
          Column.number("queue_messages"),
          Column.text("loader"));

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TablesOption tables;

  @Mixin private OutputOption output;

  @Mixin private WatchOption watch;

  private boolean hasToldOfNoLoader;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    Status status =
        new Status(
            parts.folders(),
            parts.warehouse(),
            parts.inbox(),
            () -> RunningLoader.look(settings.health()),
            settings.rules(tables.read(settings, spec.commandLine())),
            Clock.systemUTC());
    watch.run(() -> tell(status.report(), settings));
    return ExitCode.DONE;
  }

  private void tell(StatusReport report, LoaderConfig settings) {
    notes(report, settings);
    if (output.format().isForPeople()) {
      PrintWriter out = spec.commandLine().getOut();
      String silent = settings.health().port() == 0 ? "not asked" : "none here";
      out.println("loader: " + loader(report).orElse(silent));
      out.println("queue:  " + report.queue().map(StatusCommand::words).orElse("not known"));
      out.println();
    }
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (!output.format().isForPeople()) {
      columns.addAll(MORE);
    }
    try (Rows rows = output.rows(columns)) {
      report.tables().forEach(table -> rows.add(cells(report, table)));
    }
    if (output.format().isForPeople()) {
      reasons(report);
    }
  }

  private void notes(StatusReport report, LoaderConfig settings) {
    PrintWriter err = spec.commandLine().getErr();
    if (report.loader().isEmpty() && !hasToldOfNoLoader) {
      hasToldOfNoLoader = true;
      err.println(
          settings.health().port() == 0
              ? "no loader is asked for its retries and troubles: loader.health.port is 0, any free one"
              : "no loader answers at %s: its retries and troubles are not known"
                  .formatted(RunningLoader.place(settings.health())));
    }
    report.notes().forEach(err::println);
    err.flush();
  }

  private static Object[] cells(StatusReport report, TableStatus table) {
    Optional<LoadSum> last = table.lastLoad();
    return new Object[] {
      table.table(),
      new Marked(table.state().toString(), mark(table)),
      table.waiting().batches(),
      table.waiting().rows(),
      table.waiting().bytes(),
      table.waiting().age(report.at()).orElse(null),
      table.freshness().orElse(null),
      last.map(LoadSum::loadedAt).orElse(null),
      last.map(LoadSum::rows).orElse(null),
      table.lastTook().orElse(null),
      table.loadsLastHour(),
      table.retries().isPresent() ? table.retries().getAsLong() : null,
      table.setAside().files(),
      table.reason().orElse(null),
      table.setAside().rows(),
      last.map(LoadSum::loadId).orElse(null),
      report.queue().map(QueueDepth::messages).orElse(null),
      loader(report).orElse(null)
    };
  }

  private static Mark mark(TableStatus table) {
    return switch (table.state()) {
      case LOADED, WAITING -> Mark.GOOD;
      case WINDOW, PAUSED -> Mark.ATTENTION;
      case LATE, BROKEN -> Mark.BAD;
    };
  }

  private void reasons(StatusReport report) {
    PrintWriter out = spec.commandLine().getOut();
    List<TableStatus> explained =
        report.tables().stream().filter(table -> table.reason().isPresent()).toList();
    if (!explained.isEmpty()) {
      out.println();
    }
    explained.forEach(
        table -> out.printf("%s is %s: %s%n", table.table(), table.state(), table.reason().get()));
    out.flush();
  }

  private static Optional<String> loader(StatusReport report) {
    return report
        .loader()
        .map(
            loader ->
                loader.ready() ? "ready" : "not ready: " + String.join("; ", loader.reasons()));
  }

  private static String words(QueueDepth queue) {
    return String.format(
        Locale.ROOT,
        "%,d messages, %,d of them held by loaders",
        queue.messages(),
        queue.inFlight());
  }
}
