package io.sluice.loader.cli;

import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.warehouse.WarehouseException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code --watch}: the same answer again and again, over the last one on a terminal, below it
 * elsewhere. It ends with 0 by Ctrl-C, or when nobody reads it any more.
 */
final class WatchOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @ArgGroup(exclusive = false)
  private Watch watch;

  /** An interval says nothing without it. */
  private static final class Watch {
    @Option(
        names = {"-w", "--watch"},
        required = true,
        description = "Answer again and again, until Ctrl-C.")
    private boolean wanted;

    @Option(
        names = "--interval",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        defaultValue = "5s",
        description = "How long --watch waits in between, by default ${DEFAULT-VALUE}.")
    private Duration interval;
  }

  /** Answers once or for as long as it is watched. */
  void run(Runnable answer) {
    if (watch == null || !watch.wanted) {
      answer.run();
      return;
    }
    if (watch.interval.isZero()) {
      throw new ParameterException(spec.commandLine(), "--interval must be longer than nothing");
    }
    PrintWriter out = spec.commandLine().getOut();
    // A process that a signal ends leaves with more than 128; this is how a watch is meant to end.
    Thread end = new Thread(() -> Runtime.getRuntime().halt(ExitCode.DONE), "watch-end");
    Runtime.getRuntime().addShutdownHook(end);
    do {
      out.print(Terminal.clear());
      attempt(answer);
    } while (!out.checkError() && pause());
    Runtime.getRuntime().removeShutdownHook(end);
  }

  /** What is out of reach now may be back the next time. */
  private void attempt(Runnable answer) {
    try {
      answer.run();
    } catch (WarehouseException | ObjectStoreException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("sluice-loader: " + Failures.describe(e).message());
      err.flush();
    }
  }

  private boolean pause() {
    try {
      return !new CountDownLatch(1).await(watch.interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
