package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.LoaderConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --table} for commands that look at all tables of the settings unless told otherwise. */
final class TablesOption {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "TABLE",
      description = "A table of the settings, more than once for several; by default all of them.")
  private List<String> names = List.of();

  /** Those asked for, in the order of the settings. */
  Set<TableName> read(LoaderConfig settings, CommandLine command) {
    Set<TableName> tables = new LinkedHashSet<>(settings.tables().keySet());
    if (!names.isEmpty()) {
      tables.retainAll(
          names.stream().map(name -> TableOption.read(name, settings, command)).toList());
    }
    return tables;
  }
}
