package io.sluice.loader.cli;

import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.QuarantineRetry;
import io.sluice.loader.operate.quarantine.QuarantineRepair;
import io.sluice.loader.operate.quarantine.QuarantineRepair.Replaced;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.QuarantineEntry;
import io.sluice.loader.warehouse.Warehouse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quarantine retry}: loads files again after a repair. */
@Command(
    name = "retry",
    description = {
      "Loads files in quarantine again: after the table was widened, or after repaired "
          + "files were put in their places. Those of a table go by one COPY, all of them or "
          + "none; loaders may run."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all are loaded",
      "1:some are refused, with the reason, and stay as they were; or failed",
      "2:wrong usage, settings or set-up"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader quarantine retry --config loader.conf --table orders --dry-run",
      "  sluice-loader quarantine retry --config loader.conf --replaced s3://bucket/events#42"
    })
final class QuarantineRetryCommand implements Callable<Integer> {
  @Mixin private ConfigOption config;

  @Mixin private QuarantineSelection selection;

  @Mixin private ByOption by;

  @Mixin private OutputOption output;

  @Option(
      names = "--replaced",
      description = {
        "Somebody has put repaired files in their places: take as many rows as they have "
            + "now, and enter that in the ledger."
      })
  private boolean replaced;

  @Option(names = "--dry-run", description = "Say what would be done and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    Clock clock = Clock.systemUTC();
    Warehouse warehouse = parts.warehouse();
    BatchFolders folders = parts.folders();
    List<QuarantineEntry> entries = selection.readOpen(settings, warehouse.quarantine());
    QuarantineRetry retry =
        new QuarantineRetry(
            warehouse, folders, new LoadIds(clock, new SecureRandom()), by.read(), clock);
    QuarantineRepair repair = new QuarantineRepair(folders, retry);
    Replaced files = replaced ? Replaced.ACCEPTED : Replaced.REFUSED;
    try (QuarantineAnswer answer = new QuarantineAnswer(output)) {
      if (dryRun) {
        repair.wouldRetry(entries, files, answer);
      } else {
        repair.retry(entries, files, answer);
      }
      return answer.exitCode();
    }
  }
}
