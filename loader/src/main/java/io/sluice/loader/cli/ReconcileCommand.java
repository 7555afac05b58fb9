package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.operate.reconcile.DeepCheck;
import io.sluice.loader.operate.reconcile.Reconciler;
import io.sluice.loader.operate.reconcile.Reconciliation;
import io.sluice.loader.operate.reconcile.Repair;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reconcile}: proves what was loaded. */
@Command(
    name = "reconcile",
    description = {
      "Compares manifest log, files in S3 and ledger of all batch folders, and tells what differs."
          + " Changes nothing, unless --repair is given; writer and loader may run meanwhile.",
      "JSON and CSV have a row for each difference; the sums go to stderr then."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every record is loaded once, set aside with a reason, or waits",
      "1:failed",
      "2:wrong usage, settings or set-up",
      "3:something differs, also when --repair has mended it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader reconcile --config loader.conf",
      "  The last day, with the rows of the tables themselves:",
      "    sluice-loader reconcile -c loader.conf --from '1d ago' --deep",
      "  Announce again what no loader has heard of:",
      "    sluice-loader reconcile --config loader.conf --repair --dry-run",
      "    sluice-loader reconcile --config loader.conf --repair"
    })
final class ReconcileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TablesOption tables;

  @Mixin private OutputOption output;

  @Option(
      names = "--from",
      paramLabel = "MOMENT",
      converter = MomentConverter.class,
      description =
          "Only intervals of this time or later: 2026-11-22T05:12:30Z, 2026-11-22, '2h ago'.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "MOMENT",
      converter = MomentConverter.class,
      description = "Only intervals before this time.")
  private Instant to;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "15m",
      description = "How long a batch may wait for its load, by default ${DEFAULT-VALUE}.")
  private Duration grace;

  @Option(
      names = "--any-rows",
      description = "A mapper makes any number of rows of a record: do not compare the two.")
  private boolean anyRows;

  @Option(
      names = "--deep",
      description =
          "Also count the rows of the tables themselves, always the whole of them, and look into"
              + " sys_load_history.")
  private boolean deep;

  @Option(
      names = "--repair",
      description = "Enqueue a manifest message for each batch that is not loaded.")
  private boolean repair;

  @Option(names = "--dry-run", description = "With --repair: say what would be enqueued.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (dryRun && !repair) {
      throw new ParameterException(
          spec.commandLine(), "--dry-run goes with --repair: without it nothing is changed anyway");
    }
    Moments.requireInOrder(from, to, spec.commandLine());
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    Set<TableName> wanted = tables.read(settings, spec.commandLine());
    BatchFolders folders = parts.folders();
    Warehouse warehouse = parts.warehouse();
    Reconciler reconciler =
        new Reconciler(
            folders,
            warehouse.history(),
            wanted,
            new Reconciler.Options(grace, !anyRows),
            Clock.systemUTC());
    try (ReconcileReport report = ReconcileReport.of(output, spec.commandLine())) {
      Repair mending =
          new Repair(
              folders,
              dryRun ? messages -> {} : parts.announcer(),
              message -> report.enqueued(message, dryRun));
      for (BatchFolder folder : settings.folders()) {
        reconcile(reconciler, folders, folder, report, mending);
      }
      mending.finish();
      if (deep) {
        DeepCheck check = new DeepCheck(warehouse, settings.countable(wanted), Clock.systemUTC());
        report.tables();
        check.run(report::difference, report::note);
      }
      boolean exact = report.differences() == 0;
      report.verdict(exact);
      return exact ? ExitCode.DONE : ExitCode.DIFFERENCES;
    }
  }

  /** Differences are told as they are found, for a long log takes its time. */
  private void reconcile(
      Reconciler reconciler,
      BatchFolders folders,
      BatchFolder folder,
      ReconcileReport report,
      Repair mending) {
    report.folder(folder);
    LogRange range = LogRange.between(folders, folder, from, to);
    Reconciliation result =
        reconciler.run(
            folder,
            range.first(),
            range.last(),
            difference -> {
              report.difference(difference);
              if (repair) {
                mending.mend(folder, difference);
              }
            });
    report.summary(result);
  }
}
