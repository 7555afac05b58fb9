package io.sluice.loader.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code sluice-loader}, the command that holds all others. */
@Command(
    name = "sluice-loader",
    description = "Loads what the Sluice writer landed in S3 into Amazon Redshift, exactly once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      InitCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      ReconcileCommand.class,
      QuarantineCommand.class,
      RedriveCommand.class,
      DoctorCommand.class,
      CostCommand.class,
      CompletionCommand.class,
      BackfillCommand.class
    },
    exitCodeOnInvalidInput = ExitCode.USAGE,
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage, settings or set-up",
      "3:something differs"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  Make the ledger and the locks, then run until SIGTERM:",
      "    sluice-loader init --config loader.conf",
      "    sluice-loader run --config loader.conf",
      "  Show what init would do:",
      "    sluice-loader init --config loader.conf --dry-run",
      "  See whether everything is set up as it must be, and load two rows for a trial:",
      "    sluice-loader doctor --config loader.conf --canary",
      "  Keep all loaders from a table while it is rebuilt:",
      "    sluice-loader pause --config loader.conf --table orders --reason 'new sort key'",
      "    sluice-loader resume --config loader.conf --table orders",
      "  See how all tables are:",
      "    sluice-loader status --config loader.conf",
      "  See what would be loaded now, and why:",
      "    sluice-loader explain --config loader.conf",
      "  Prove what was loaded:",
      "    sluice-loader reconcile --config loader.conf",
      "  Look at what COPY refused, and load it again after a repair:",
      "    sluice-loader quarantine list --config loader.conf",
      "    sluice-loader quarantine retry --config loader.conf --table orders",
      "  Look at the dead-letter queue, and send its messages back:",
      "    sluice-loader redrive --config loader.conf --list",
      "    sluice-loader redrive --config loader.conf",
      "  Complete commands and options in this shell:",
      "    source <(sluice-loader completion)",
      "  Load what a day has and the ledger has not:",
      "    sluice-loader backfill --config loader.conf --all --from 2026-11-22 --to 2026-11-23"
    })
public final class LoaderCli implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean debug;

  /** The only place that ends the process, apart from the end of a stopped daemon. */
  public static void main(String[] args) {
    // The SDK's version 1 is what kinesis-asl is built on; its notice would greet every start.
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
    Optional<String> problem = LogFormat.problem(System.getenv());
    if (problem.isPresent()) {
      // Before the first logger is made, so that this one is made as text.
      System.setProperty(LogFormat.VARIABLE, LogFormat.TEXT);
    }
    StandardOutput out = new StandardOutput();
    CommandLine command = commandLine().setOut(out.writer());
    problem.ifPresent(
        words -> {
          command.getErr().println("sluice-loader: " + words);
          command.getErr().flush();
        });
    System.exit(problem.isPresent() ? ExitCode.USAGE : execute(command, out, args));
  }

  private static int execute(CommandLine command, StandardOutput out, String... args) {
    int code = command.execute(args);
    command.getOut().flush();
    if (out.failure().isEmpty()) {
      return code;
    }
    command.getErr().println("sluice-loader: the answer cannot be written: " + out.failure().get());
    command.getErr().flush();
    return code == ExitCode.DONE ? ExitCode.FAILED : code;
  }

  /** The whole command line, for whoever runs it in a process of their own. */
  public static CommandLine commandLine() {
    LoaderCli cli = new LoaderCli();
    return new CommandLine(cli)
        .setParameterExceptionHandler((e, arguments) -> misused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> cli.report(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? One of " + spec.subcommands().keySet());
  }

  /** One line: the whole usage would push it out of sight. */
  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    List<String> alike =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream().limit(1).toList()
            : List.of();
    PrintWriter err = command.getErr();
    err.println(
        "sluice-loader: %s%s (%s --help explains)"
            .formatted(
                e.getMessage().strip(),
                alike.isEmpty() ? "" : ", did you mean %s?".formatted(alike.get(0)),
                command.getCommandSpec().qualifiedName()));
    err.flush();
    return ExitCode.USAGE;
  }

  private int report(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    Failures.Failure failure = Failures.describe(e);
    err.println("sluice-loader: " + failure.message());
    if (debug) {
      // Not made before it is needed: the format of the log is checked first.
      LoggerFactory.getLogger(LoaderCli.class).error("where it failed", e);
    }
    err.flush();
    return failure.exitCode();
  }
}
