package io.sluice.loader.cli;

import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.quarantine.QuarantineDiscard;
import io.sluice.loader.warehouse.QuarantineEntry;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quarantine discard}: gives files up. */
@Command(
    name = "discard",
    description = {
      "Gives files in quarantine up: the ledger keeps who did it, when and why, and "
          + "reconcile counts their rows as set aside. The files stay in S3."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer =
        "  sluice-loader quarantine discard --config loader.conf --reason 'test data' s3://bucket/events#42")
final class QuarantineDiscardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private QuarantineSelection selection;

  @Mixin private ByOption by;

  @Mixin private OutputOption output;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "WHY",
      description = "Why, for whoever wonders.")
  private String reason;

  @Option(names = "--dry-run", description = "Say what would be done and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (reason.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--reason: say why");
    }
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    Warehouse warehouse = parts.warehouse();
    List<QuarantineEntry> entries = selection.readOpen(settings, warehouse.quarantine());
    QuarantineDiscard discard =
        new QuarantineDiscard(warehouse, parts.folders(), Clock.systemUTC());
    try (QuarantineAnswer answer = new QuarantineAnswer(output)) {
      if (dryRun) {
        discard.wouldRun(entries, answer);
      } else {
        discard.run(entries, by.read(), reason, answer);
      }
      return answer.exitCode();
    }
  }
}
