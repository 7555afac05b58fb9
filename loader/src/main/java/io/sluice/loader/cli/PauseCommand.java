package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.warehouse.Pause;
import io.sluice.loader.warehouse.Pauses;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pause}: keeps all loaders from beginning a load of a table. */
@Command(
    name = "pause",
    description = {
      "Pauses a table for all loaders of the ledger: no load of it begins any more.",
      "A load in hand is finished. Messages are kept."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sluice-loader pause --config loader.conf --table orders --reason 'new sort key'")
final class PauseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TableOption table;

  @Option(names = "--reason", required = true, description = "Why, for whoever wonders.")
  private String reason;

  @Mixin private ByOption by;

  @Option(names = "--dry-run", description = "Say what would be done and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    Pause pause = pause(table.read(settings, spec.commandLine()));
    Optional<Pause> before = Optional.empty();
    if (!dryRun) {
      Pauses pauses = new CommandParts(settings).warehouse().pauses();
      before = pauses.of(pause.table());
      pauses.pause(pause);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%s %s paused by %s: %s"
            .formatted(pause.table(), dryRun ? "would be" : "is", pause.by(), pause.reason()));
    before.ifPresent(
        old ->
            out.println(
                "that takes the place of: by %s since %s: %s"
                    .formatted(old.by(), old.since(), old.reason())));
    out.flush();
    return ExitCode.DONE;
  }

  private Pause pause(TableName name) {
    try {
      return new Pause(name, by.read(), Clock.systemUTC().instant(), reason);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
