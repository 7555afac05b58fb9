package io.sluice.loader.cli;

import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code init}: makes the ledger and the lock tables. */
@Command(
    name = "init",
    description = {
      "Makes the ledger and the lock tables in the warehouse; safe to repeat.",
      "A ledger of an earlier version gets the columns that came since."
    },
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
    Warehouse warehouse = new CommandParts(settings).warehouse();
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      warehouse
          .initialisation(settings.tables().keySet())
          .forEach(statement -> out.println(statement + ";"));
      tellUpgrades(warehouse, settings);
    } else {
      List<String> upgrades = warehouse.upgrades(settings.tables().keySet());
      warehouse.initialise(settings.tables().keySet());
      upgrades.forEach(statement -> out.println(statement + ";"));
      out.println(
          "the ledger and the locks of %d tables are in schema %s"
              .formatted(settings.tables().size(), settings.warehouse().ledger().schema()));
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** The other statements are known without a warehouse. */
  private void tellUpgrades(Warehouse warehouse, LoaderConfig settings) {
    CommandLine command = spec.commandLine();
    try {
      warehouse
          .upgrades(settings.tables().keySet())
          .forEach(statement -> command.getOut().println(statement + ";"));
    } catch (WarehouseException e) {
      command
          .getErr()
          .println("not asked whether there is a ledger of an earlier version: " + e.getMessage());
      command.getErr().flush();
    }
  }
}
