package io.sluice.loader.cli;

import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.daemon.LoaderDaemon;
import io.sluice.loader.daemon.LoaderParts;
import io.sluice.loader.daemon.Reload;
import io.sluice.loader.health.LoaderHealth;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code run}: the daemon, until SIGTERM. */
@Command(
    name = "run",
    description = {
      "Loads until SIGTERM, then finishes the loads in hand and ends with 0.",
      "SIGHUP reads the settings of the tables again."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sluice-loader run --config loader.conf")
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Override
  public Integer call() {
    LoaderConfig settings = config.read();
    Clock clock = Clock.systemUTC();
    try (LoaderHealth health =
            LoaderHealth.open(
                settings.health(),
                settings.warehouse().statementTimeout(),
                ProcessName.get(),
                clock,
                System.getenv());
        LoaderParts parts = new LoaderParts(settings, clock, health)) {
      List<String> problems = parts.checks().problems();
      if (!problems.isEmpty()) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(problem -> err.println("sluice-loader: " + problem));
        err.flush();
        return ExitCode.USAGE;
      }
      LoaderDaemon daemon = parts.daemon(ProcessName.get());
      Reload reload = parts.reload(daemon, ProcessName.get(), config::read);
      run(daemon, reload, health, settings);
      return ExitCode.DONE;
    }
  }

  /**
   * A process that ends by a signal leaves with 128 and more, and a supervisor would take a stop
   * that it asked for as a failure: so the hook that stops the daemon also ends the process, with
   * 0.
   */
  private static void run(
      LoaderDaemon daemon, Reload reload, LoaderHealth health, LoaderConfig settings) {
    Thread hook =
        new Thread(
            () -> {
              int code = ExitCode.FAILED;
              try {
                health.stopping();
                daemon.close();
                health.close();
                code = ExitCode.DONE;
              } finally {
                Runtime.getRuntime().halt(code);
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    daemon.start();
    if (!HangUp.handle(() -> reload(reload, health))) {
      log.info("there is no SIGHUP here: settings are read at the start only");
    }
    log.info("loading {} from {}", settings.tables().keySet(), settings.folders());
    health.running();
    try {
      daemon.await();
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
  }

  private static void reload(Reload reload, LoaderHealth health) {
    health.reloading();
    try {
      reload.run();
    } finally {
      health.reloaded();
    }
  }
}
