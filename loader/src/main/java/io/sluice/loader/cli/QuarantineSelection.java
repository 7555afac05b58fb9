package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.quarantine.QuarantineFilter;
import io.sluice.loader.warehouse.Quarantine;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which files in quarantine a command is about. */
final class QuarantineSelection {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "TABLE",
      description = "Of this table; may be given more than once.")
  private List<String> tables = List.of();

  @Option(
      names = "--manifest",
      paramLabel = "NUMBER",
      description = "Of the batch of this manifest.")
  private Long manifest;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Of batch intervals from this time on: 2026-11-22, '2h ago'.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Of batch intervals before this time.")
  private Instant to;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files by address or key, or batches as s3://bucket/folder#NUMBER.")
  private List<String> names = List.of();

  /** What is meant, which may be all. */
  List<QuarantineEntry> read(LoaderConfig settings, Quarantine quarantine) {
    CommandLine command = spec.commandLine();
    Moments.requireInOrder(from, to, command);
    QuarantineFilter filter =
        new QuarantineFilter(
            tables(settings, command), from, to, Optional.ofNullable(manifest), names);
    List<QuarantineEntry> entries = filter.of(quarantine);
    List<String> unknown = filter.unknown(entries);
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command,
          "the quarantine has no %s: see quarantine list --all"
              .formatted(String.join(", ", unknown)));
    }
    return entries;
  }

  /** The same for what changes something: all is not meant unless it is said. */
  List<QuarantineEntry> readChosen(LoaderConfig settings, Quarantine quarantine) {
    if (names.isEmpty() && tables.isEmpty() && manifest == null && from == null && to == null) {
      throw new ParameterException(
          spec.commandLine(), "which files? Name them, or say --table, --manifest, --from or --to");
    }
    return read(settings, quarantine);
  }

  /** The same without what is decided already, unless it is named. */
  List<QuarantineEntry> readOpen(LoaderConfig settings, Quarantine quarantine) {
    List<QuarantineEntry> entries =
        readChosen(settings, quarantine).stream()
            .filter(entry -> entry.state().isOpen() || !names.isEmpty())
            .toList();
    if (entries.isEmpty()) {
      spec.commandLine().getErr().println("sluice-loader: nothing of that is in quarantine");
    }
    return entries;
  }

  private Set<TableName> tables(LoaderConfig settings, CommandLine command) {
    if (tables.isEmpty()) {
      return settings.tables().keySet();
    }
    Set<TableName> chosen = new LinkedHashSet<>();
    tables.forEach(name -> chosen.add(TableOption.read(name, settings, command)));
    return chosen;
  }
}
