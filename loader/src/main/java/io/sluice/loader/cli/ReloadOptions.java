package io.sluice.loader.cli;

import io.sluice.loader.warehouse.MissingRows;
import java.time.Instant;
import picocli.CommandLine.Option;

/** {@code --reload} and what only goes with it. */
final class ReloadOptions {
  @Option(
      names = "--reload",
      required = true,
      description = {
        "Replace what is loaded of the range: each load's rows go and come again in one",
        "transaction. What was in quarantine there is tried again."
      })
  private boolean reload;

  @Option(
      names = "--widen",
      description = "Take loads that are only partly in the range whole, in place of refusing.")
  private boolean widen;

  @Option(
      names = "--rows-gone",
      description = {
        "Accept that rows of these loads are gone from the table, such as after it was dropped",
        "and made anew; else a load is replaced only if all of its rows are there."
      })
  private boolean rowsGone;

  @Option(
      names = "--loaded-before",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = {
        "Replace only what was loaded before: to go on with a reload that was broken off.",
        "By default the time when it begins."
      })
  private Instant loadedBefore;

  boolean isWide() {
    return reload && widen;
  }

  MissingRows missing() {
    return rowsGone ? MissingRows.ACCEPTED : MissingRows.REFUSED;
  }

  Instant before(Instant begun) {
    return loadedBefore == null ? begun : loadedBefore;
  }
}
