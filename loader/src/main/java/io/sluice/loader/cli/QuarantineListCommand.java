package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quarantine list}: the files in quarantine, a row each. */
@Command(
    name = "list",
    description = "Lists the files in quarantine, with COPY's reason, line, column and value.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader quarantine list --config loader.conf --table orders --from '2d ago'",
      "  sluice-loader quarantine list --config loader.conf --all --output json"
    })
final class QuarantineListCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("batch"),
          Column.text("file"),
          Column.text("state"),
          Column.text("extent"),
          Column.number("rows"),
          Column.number("line"),
          Column.text("column"),
          Column.text("value"),
          Column.text("reason"),
          Column.time("since"),
          Column.text("load_id"));

  @Mixin private ConfigOption config;

  @Mixin private QuarantineSelection selection;

  @Mixin private OutputOption output;

  @Option(names = "--all", description = "Also files that were loaded again or given up since.")
  private boolean all;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    List<QuarantineEntry> entries =
        selection.read(settings, new CommandParts(settings).warehouse().quarantine());
    boolean whole = !output.format().isForPeople();
    try (Rows rows = output.rows(COLUMNS)) {
      for (QuarantineEntry entry : entries) {
        if (all || entry.state().isOpen()) {
          add(rows, entry, whole);
        }
      }
    }
    return ExitCode.DONE;
  }

  private static void add(Rows rows, QuarantineEntry entry, boolean whole) {
    String value = entry.error().value();
    String reason = entry.error().reason();
    rows.add(
        entry.batch().table(),
        QuarantineCells.batch(entry),
        entry.file(),
        QuarantineCells.state(entry),
        QuarantineCells.extent(entry),
        entry.rows(),
        QuarantineCells.line(entry),
        QuarantineCells.orNull(entry.error().column()),
        QuarantineCells.orNull(whole ? value : QuarantineCells.cut(value)),
        whole ? reason : QuarantineCells.cut(reason),
        entry.since(),
        entry.loadId());
  }
}
