package io.sluice.loader.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script by which shells complete commands and options. */
@Command(
    name = "completion",
    description = "Prints a script by which bash and zsh complete commands and options.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  In this shell:",
      "    source <(sluice-loader completion)",
      "  For everybody:",
      "    sluice-loader completion > /etc/bash_completion.d/sluice-loader"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine all = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(spec.root().name(), all));
    out.flush();
    return ExitCode.DONE;
  }
}
