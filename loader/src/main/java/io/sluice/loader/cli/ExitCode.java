package io.sluice.loader.cli;

/** What the process leaves with. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** Something is not as it should be. */
  static final int DIFFERENCES = 3;

  private ExitCode() {}
}
