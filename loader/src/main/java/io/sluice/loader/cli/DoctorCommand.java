package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.doctor.Doctor;
import io.sluice.loader.operate.doctor.Finding;
import io.sluice.loader.operate.doctor.Finding.Level;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether everything is set up as it must be. */
@Command(
    name = "doctor",
    description = {
      "Looks at settings, bucket, queue, warehouse and tables, and says of each thing how "
          + "it is and what to do. Writes nothing but probes in _copy/, which it removes.",
      "With --canary it also lands a batch of two rows and loads it into a table of its "
          + "own, and takes everything away again, but for the ledger, which it makes where it "
          + "is missing: the first thing to run on a new account."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing keeps the loader from its work; there may be warnings",
      "1:something fails",
      "2:wrong usage or settings"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader doctor --config loader.conf",
      "  sluice-loader doctor --config loader.conf --canary",
      "  sluice-loader doctor --config loader.conf --table orders --output json"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("level"),
          Column.text("subject"),
          Column.text("finding"),
          Column.text("remedy"));

  private static final int ID_BYTES = 4;

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private OutputOption output;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "TABLE",
      description = "Look at this table only; may be given more than once.")
  private List<String> names = List.of();

  @Option(
      names = "--canary",
      description = "Also land and load a batch of two rows, near each batch folder.")
  private boolean canary;

  private boolean failed;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    Set<TableName> tables = tables(settings);
    CommandParts parts = new CommandParts(settings);
    if (output.format().isForPeople()) {
      examine(settings, parts, tables, this::tell);
    } else {
      try (Rows rows = output.rows(COLUMNS)) {
        examine(settings, parts, tables, finding -> add(rows, finding));
      }
    }
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void examine(
      LoaderConfig settings, CommandParts parts, Set<TableName> tables, Consumer<Finding> told) {
    Consumer<Finding> noted =
        finding -> {
          failed |= finding.level() == Level.FAIL;
          told.accept(finding);
        };
    noted.accept(new Finding(Level.OK, "settings", "read", ""));
    Doctor.run(parts.examination(tables, id()).groups(), noted);
    if (canary) {
      for (BatchFolder folder : settings.folders()) {
        parts.canary(folder, id()).run(noted);
      }
    }
  }

  /** A line as soon as it is known, for some answers take their time. */
  private void tell(Finding finding) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-5s %s: %s%n", finding.level().text(), finding.subject(), finding.what());
    if (!finding.remedy().isEmpty()) {
      out.printf("      what to do: %s%n", finding.remedy());
    }
    out.flush();
  }

  private Set<TableName> tables(LoaderConfig settings) {
    Set<TableName> tables = new LinkedHashSet<>();
    names.forEach(name -> tables.add(TableOption.read(name, settings, spec.commandLine())));
    return tables.isEmpty() ? settings.tables().keySet() : tables;
  }

  private static String id() {
    byte[] bytes = new byte[ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void add(Rows rows, Finding finding) {
    rows.add(
        finding.level().text(),
        finding.subject(),
        finding.what(),
        finding.remedy().isEmpty() ? null : finding.remedy());
  }
}
