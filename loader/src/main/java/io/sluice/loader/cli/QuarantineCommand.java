package io.sluice.loader.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quarantine}: what COPY refused, and what becomes of it. */
@Command(
    name = "quarantine",
    description = "Files that COPY refused: looks at them, loads them again, gives them up.",
    mixinStandardHelpOptions = true,
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineRetryCommand.class,
      QuarantineDiscardCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-loader quarantine list --config loader.conf",
      "  sluice-loader quarantine show --config loader.conf s3://bucket/events#42",
      "  sluice-loader quarantine retry --config loader.conf --table orders --manifest 42",
      "  sluice-loader quarantine discard --config loader.conf --reason 'test data' s3://bucket/events#42"
    })
final class QuarantineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show, retry or discard? See --help");
  }
}
