package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.LoaderConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --table}, of the settings and as often as one likes, or {@code --all} of them. */
final class BackfillTables {
  @Option(
      names = {"-t", "--table"},
      required = true,
      paramLabel = "TABLE",
      description = "A table of the settings, such as public.orders; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", required = true, description = "All tables of the settings.")
  private boolean all;

  List<TableName> read(LoaderConfig settings, CommandLine command) {
    if (all) {
      return List.copyOf(settings.tables().keySet());
    }
    Set<TableName> tables = new LinkedHashSet<>();
    for (String name : names) {
      TableName table = name(name, "--table", command);
      if (!settings.tables().containsKey(table)) {
        throw new ParameterException(
            command,
            "--table: %s is none of the tables of the settings: %s"
                .formatted(table, settings.tables().keySet()));
      }
      tables.add(table);
    }
    return List.copyOf(tables);
  }

  static TableName name(String text, String option, CommandLine command) {
    try {
      return TableName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, option + ": " + e.getMessage(), e);
    }
  }
}
