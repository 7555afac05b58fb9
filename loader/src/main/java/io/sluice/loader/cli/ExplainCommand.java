package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Marked;
import io.sluice.loader.cli.output.Marked.Mark;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.report.Explainer;
import io.sluice.loader.operate.report.Explanation;
import io.sluice.loader.operate.report.Explanation.PlannedCopy;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code explain}: what would be loaded now, and why. */
@Command(
    name = "explain",
    description = {
      "Tells of each table what would be loaded now and why: the decision, the batches, the"
          + " statements with the exact COPY, columns that the table lacks, and how long it will"
          + " take. Nothing is changed, and no COPY manifest is written.",
      "It plans as a loader that has known of every batch since it landed. The time goes by the"
          + " loads of the last day that had any."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader explain --config loader.conf --table orders",
      "  The statements alone:",
      "    sluice-loader explain -c loader.conf -o json | jq -r '.[].statements'"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("decision"),
          Column.text("why"),
          Column.number("waiting_batches"),
          Column.number("waiting_rows"),
          Column.number("batches"),
          Column.text("first_batch"),
          Column.text("last_batch"),
          Column.number("files"),
          Column.number("rows"),
          Column.bytes("bytes"),
          Column.duration("expected"),
          Column.number("past_loads"),
          Column.text("copy_manifest"),
          Column.text("statements"),
          Column.text("drift"),
          Column.text("drift_of_load"));

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TablesOption tables;

  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    CommandParts parts = new CommandParts(settings);
    Explainer explainer =
        new Explainer(
            parts.folders(),
            parts.warehouse(),
            settings.rules(tables.read(settings, spec.commandLine())),
            Clock.systemUTC());
    PrintWriter err = spec.commandLine().getErr();
    List<Explanation> explanations = explainer.explain(err::println);
    err.flush();
    try (Rows rows = output.blocks(COLUMNS)) {
      for (Explanation explanation : explanations) {
        explanation.copies().forEach(copy -> rows.add(cells(explanation, copy)));
        if (explanation.copies().isEmpty()) {
          rows.add(cells(explanation));
        }
      }
    }
    return ExitCode.DONE;
  }

  private static Object[] cells(Explanation explanation) {
    Object[] cells = new Object[COLUMNS.size()];
    cells[0] = explanation.table();
    cells[1] = new Marked(explanation.decision().toString(), mark(explanation));
    cells[2] = explanation.why();
    cells[3] = explanation.waiting().batches();
    cells[4] = explanation.waiting().rows();
    return cells;
  }

  private static Object[] cells(Explanation explanation, PlannedCopy copy) {
    Object[] first = cells(explanation);
    List<String> byHand =
        copy.drift().stream().filter(sql -> !copy.ownDrift().contains(sql)).toList();
    return new Object[] {
      first[0],
      first[1],
      first[2],
      first[3],
      first[4],
      copy.batches(),
      copy.first(),
      copy.last(),
      copy.files(),
      copy.rows(),
      copy.bytes(),
      copy.expected().orElse(null),
      copy.expected().isPresent() ? copy.basis() : null,
      copy.copyManifest(),
      script(copy.statements()),
      script(byHand),
      script(copy.ownDrift())
    };
  }

  private static Mark mark(Explanation explanation) {
    return switch (explanation.decision()) {
      case LOAD, WAIT, NOTHING -> Mark.GOOD;
      case WINDOW, PAUSED -> Mark.ATTENTION;
    };
  }

  private static String script(List<String> statements) {
    return statements.isEmpty()
        ? null
        : statements.stream().map(sql -> sql + ";").collect(Collectors.joining("\n"));
  }
}
