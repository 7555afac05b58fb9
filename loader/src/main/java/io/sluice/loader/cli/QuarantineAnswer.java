package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.Rows;
import io.sluice.loader.operate.quarantine.QuarantineDecision;
import io.sluice.loader.operate.quarantine.QuarantineDecision.Outcome;
import java.util.List;
import java.util.function.Consumer;

/** What became of files in quarantine, a block each, and the exit code that follows. */
final class QuarantineAnswer implements Consumer<QuarantineDecision>, AutoCloseable {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("file"),
          Column.text("outcome"),
          Column.number("rows"),
          Column.text("load_id"),
          Column.text("why"));

  private final Rows rows;
  private boolean refused;

  QuarantineAnswer(OutputOption output) {
    this.rows = output.blocks(COLUMNS);
  }

  @Override
  public void accept(QuarantineDecision decision) {
    refused |= decision.outcome() == Outcome.REFUSED;
    rows.add(
        decision.entry().batch().table(),
        decision.entry().uri(),
        decision.outcome().text(),
        decision.entry().rows(),
        decision.entry().loadId(),
        decision.why().isEmpty() ? null : decision.why());
  }

  /** That of a failure when something was refused. */
  int exitCode() {
    return refused ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Override
  public void close() {
    rows.close();
  }
}
