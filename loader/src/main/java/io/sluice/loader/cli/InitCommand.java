package io.sluice.loader.cli;

import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.daemon.LoaderParts;
import io.sluice.loader.warehouse.Warehouse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code init}: makes the ledger and the lock tables. */
@Command(
    name = "init",
    description = "Makes the ledger and the lock tables in the warehouse; safe to repeat.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sluice-loader init --config loader.conf --dry-run")
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(names = "--dry-run", description = "Print the statements and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    Warehouse warehouse = LoaderParts.warehouse(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      warehouse
          .initialisation(settings.tables().keySet())
          .forEach(statement -> out.println(statement + ";"));
    } else {
      warehouse.initialise(settings.tables().keySet());
      out.println(
          "the ledger and the locks of %d tables are in schema %s"
              .formatted(settings.tables().size(), settings.warehouse().ledger().schema()));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
