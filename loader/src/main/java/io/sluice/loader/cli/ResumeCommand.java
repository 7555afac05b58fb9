package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.warehouse.Pause;
import io.sluice.loader.warehouse.Pauses;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code resume}: ends a pause. */
@Command(
    name = "resume",
    description = "Ends the pause of a table: loaders go on within loader.pause.check-interval.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sluice-loader resume --config loader.conf --table orders")
final class ResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private TableOption table;

  @Option(names = "--dry-run", description = "Say what would be done and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    TableName name = table.read(settings, spec.commandLine());
    Pauses pauses = new CommandParts(settings).warehouse().pauses();
    Optional<Pause> pause = pauses.of(name);
    if (pause.isPresent() && !dryRun) {
      pauses.resume(name);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(pause.map(was -> sentence(was)).orElse(name + " is not paused"));
    out.flush();
    return ExitCode.DONE;
  }

  private String sentence(Pause was) {
    return "%s %s resumed; it was paused by %s at %s: %s"
        .formatted(was.table(), dryRun ? "would be" : "is", was.by(), was.since(), was.reason());
  }
}
