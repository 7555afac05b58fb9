package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.daemon.LoaderParts;
import io.sluice.loader.operate.Difference;
import io.sluice.loader.operate.Difference.Kind;
import io.sluice.loader.operate.Reconciler;
import io.sluice.loader.operate.Reconciliation;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reconcile}: proves what was loaded. */
@Command(
    name = "reconcile",
    description =
        "Compares manifest log, files in S3 and ledger of all batch folders, and tells what"
            + " differs. Changes nothing; writer and loader may run meanwhile.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every record is loaded once, set aside with a reason, or waits",
      "1:failed",
      "2:wrong usage, settings or set-up",
      "3:something differs"
    },
    footerHeading = "%nExample:%n",
    footer = "  sluice-loader reconcile --config loader.conf")
final class ReconcileCommand implements Callable<Integer> {
  /** Of each kind; more are counted. */
  private static final int WORD_FOR_WORD = 20;

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

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

  private PrintWriter out;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    out = spec.commandLine().getOut();
    Reconciler reconciler =
        new Reconciler(
            LoaderParts.folders(settings),
            LoaderParts.warehouse(settings).history(),
            settings.tables().keySet(),
            new Reconciler.Options(grace, !anyRows),
            Clock.systemUTC());
    boolean exact = true;
    for (BatchFolder folder : settings.folders()) {
      exact &= reconcile(reconciler, folder).isExact();
    }
    out.println(exact ? "exact" : "NOT EXACT");
    out.flush();
    return exact ? ExitCode.DONE : ExitCode.DIFFERENCES;
  }

  /** Differences are told as they are found, for a long log takes its time. */
  private Reconciliation reconcile(Reconciler reconciler, BatchFolder folder) {
    out.println(folder);
    Map<Kind, Integer> told = new EnumMap<>(Kind.class);
    Reconciliation result =
        reconciler.run(
            folder,
            1,
            Long.MAX_VALUE,
            difference -> {
              if (told.merge(difference.kind(), 1, Integer::sum) <= WORD_FOR_WORD) {
                tell(difference);
              }
            });
    result
        .differences()
        .forEach(
            (kind, count) -> {
              if (count > WORD_FOR_WORD) {
                out.printf(Locale.ROOT, "  %s: %,d in all%n", kind.text(), count);
              }
            });
    summary(result);
    return result;
  }

  private void tell(Difference difference) {
    out.printf("  %s: %s%n", difference.kind().text(), difference.what());
    out.printf("    what to do: %s%n", difference.kind().remedy());
    out.flush();
  }

  private void summary(Reconciliation found) {
    line(
        "manifests",
        "%,d of the numbers %,d to %,d",
        found.manifests(),
        found.firstManifest(),
        found.lastManifest());
    line("records", "%,d read, %,d of them set aside as rejects", found.records(), found.rejects());
    line(
        "batches",
        "%,d landed, %,d loaded, %,d waiting",
        found.batches(),
        found.batchesLoaded(),
        found.batchesWaiting());
    line(
        "rows",
        "%,d landed, %,d loaded, %,d in quarantine, %,d waiting",
        found.rows(),
        found.rowsLoaded(),
        found.rowsSetAside(),
        found.rowsWaiting());
    line("files", "%,d of %,d bytes", found.files(), found.bytes());
    line(
        "orphans",
        "%,d files of %,d bytes that no manifest names: left by tasks that died, and harmless",
        found.orphans(),
        found.orphanBytes());
  }

  private void line(String name, String format, Object... values) {
    out.printf("  %-10s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
