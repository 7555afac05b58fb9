package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.intake.Addressee;
import io.sluice.loader.intake.DeadLetters;
import io.sluice.loader.operate.Redrive;
import io.sluice.loader.operate.Redrive.Action;
import io.sluice.loader.operate.Redrive.Outcome;
import io.sluice.loader.operate.Redrive.Redriven;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redrive}: messages of the dead-letter queue, listed or sent back. */
@Command(
    name = "redrive",
    description = {
      "Sends messages of the dead-letter queue back to the queue, or lists them with their reasons.",
      "What the loader would move away again is kept. A message that is sent twice is harmless."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:listed, or all are sent back",
      "1:some are kept, for the loader would not take them; or are not there; or failed",
      "2:wrong usage, settings or set-up"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader redrive --config loader.conf --list",
      "  sluice-loader redrive --config loader.conf --max 10",
      "  sluice-loader redrive --config loader.conf --message 6c2f0e3a-1b7d-4c39-9d1e-2f51a8a3c0de"
    })
final class RedriveCommand implements Callable<Integer> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("message"),
          Column.duration("age"),
          Column.number("receives"),
          Column.text("batch"),
          Column.text("table"),
          Column.text("reason"),
          Column.text("verdict"),
          Column.text("outcome"));

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private OutputOption output;

  @Option(names = "--list", description = "List the messages, and send none.")
  private boolean list;

  @Option(
      names = "--max",
      paramLabel = "COUNT",
      defaultValue = "1000",
      description = "Look at so many messages at the most, by default ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = "--message",
      paramLabel = "ID",
      description = "Only this message; may be given more than once.")
  private Set<String> ids = Set.of();

  @Option(names = "--force", description = "Send also what the loader would move away again.")
  private boolean force;

  @Option(names = "--dry-run", description = "Say what would be done and change nothing.")
  private boolean dryRun;

  private boolean kept;

  @Override
  public Integer call() {
    if (most < 1) {
      throw new ParameterException(spec.commandLine(), "--max: must be 1 or more, not " + most);
    }
    LoaderConfig settings = config.read();
    Instant now = Clock.systemUTC().instant();
    Addressee loader = new Addressee(settings.folders(), settings.tables().keySet());
    Set<String> missing;
    try (DeadLetters letters = letters(settings);
        Rows rows = output.rows(COLUMNS)) {
      missing =
          new Redrive(letters, loader).run(action(), most, ids, letter -> add(rows, letter, now));
    }
    tellMissing(missing);
    return kept || !missing.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void tellMissing(Set<String> missing) {
    PrintWriter err = spec.commandLine().getErr();
    missing.forEach(
        id ->
            err.println(
                "sluice-loader: the dead-letter queue gave no message %s: it may be gone, in somebody's hands for a moment, or beyond the %d that were looked at (--max); --list shows all"
                    .formatted(id, most)));
    err.flush();
  }

  private DeadLetters letters(LoaderConfig settings) {
    return new CommandParts(settings)
        .deadLetters()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "loader.queue.dead-letter-url is not set: name the dead-letter queue there"));
  }

  private Action action() {
    if (list) {
      return Action.LIST;
    }
    if (dryRun) {
      return Action.DRY_RUN;
    }
    return force ? Action.FORCE : Action.SEND;
  }

  private void add(Rows rows, Redriven redriven, Instant now) {
    kept |= redriven.outcome() == Outcome.KEPT;
    rows.add(
        redriven.letter().messageId(),
        Duration.between(redriven.letter().sentAt(), now),
        redriven.letter().receives(),
        redriven.message().map(m -> m.batchFolder() + "#" + m.manifest()).orElse(null),
        redriven.message().map(m -> m.table().toString()).orElse(null),
        redriven.letter().reason().orElse("moved by the queue's redrive policy"),
        redriven.verdict().isEmpty() ? "the loader takes it" : redriven.verdict(),
        redriven.outcome().text());
  }
}
