package io.sluice.loader.cli;

import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code --from} and {@code --to} say together. */
final class Moments {
  private Moments() {}

  /** Either may be null, which leaves that end open. */
  static void requireInOrder(Instant from, Instant to, CommandLine command) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(command, "--from %s is not before --to %s".formatted(from, to));
    }
  }
}
