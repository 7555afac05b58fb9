package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Column;
import io.sluice.loader.cli.output.OutputFormat;
import io.sluice.loader.cli.output.Rows;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --output}, which every command with an answer has. */
final class OutputOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to answer: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
  private OutputFormat format;

  /** What was asked for. */
  OutputFormat format() {
    return format;
  }

  /** Begins the answer on stdout, whose rows stand below each other. */
  Rows rows(List<Column> columns) {
    return format.rows(spec.commandLine().getOut(), columns, Terminal.style());
  }

  /** The same for long cells: for people each row is a block, a line for each cell. */
  Rows blocks(List<Column> columns) {
    return format.blocks(spec.commandLine().getOut(), columns, Terminal.style());
  }
}
