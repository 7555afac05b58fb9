package io.sluice.loader.cli;

import io.sluice.common.config.ConfigException;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.warehouse.PausedException;
import io.sluice.loader.warehouse.WarehouseException;

/** What the command line says of an exception, and what it leaves with. */
final class Failures {
  record Failure(String message, int exitCode) {}

  private Failures() {}

  static Failure describe(Exception e) {
    if (e instanceof ConfigException config) {
      return new Failure(config.getMessage(), ExitCode.USAGE);
    }
    if (e instanceof WarehouseException warehouse) {
      return new Failure(warehouse.getMessage() + ": " + warehouse.remedy(), ExitCode.FAILED);
    }
    if (e instanceof InboxException inbox && inbox.kind() == InboxException.Kind.MISCONFIGURED) {
      String remedy = ": check loader.queue and the permissions on it";
      return new Failure(inbox.getMessage() + remedy, ExitCode.FAILED);
    }
    if (e instanceof PausedException paused) {
      String remedy = ": end that first, by sluice-loader resume --table " + paused.pause().table();
      return new Failure(paused.getMessage() + remedy, ExitCode.FAILED);
    }
    if (e instanceof LoadException load) {
      return new Failure(load.getMessage() + ": " + load.remedy(), ExitCode.FAILED);
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new Failure(message + " (--debug shows where)", ExitCode.FAILED);
  }
}
