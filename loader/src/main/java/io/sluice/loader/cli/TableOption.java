package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.LoaderConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --table}, one that the settings name. */
final class TableOption {
  @Option(
      names = {"-t", "--table"},
      required = true,
      paramLabel = "TABLE",
      description = "A table of the settings, such as public.orders.")
  private String name;

  TableName read(LoaderConfig settings, CommandLine command) {
    return parse(name, settings, command);
  }

  /** A table by its name, which the settings must have. */
  static TableName parse(String name, LoaderConfig settings, CommandLine command) {
    TableName table;
    try {
      table = TableName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--table: " + e.getMessage(), e);
    }
    if (!settings.tables().containsKey(table)) {
      throw new ParameterException(
          command,
          "--table: %s is none of the tables of the settings: %s"
              .formatted(table, settings.tables().keySet()));
    }
    return table;
  }
}
