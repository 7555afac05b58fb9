package io.sluice.loader.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the log is written. The files of logback are named after the formats. */
final class LogFormat {
  /** In the environment; read by logback itself. */
  static final String VARIABLE = "SLUICE_LOG_FORMAT";

  static final String TEXT = "text";
  private static final List<String> FORMATS = List.of(TEXT, "json");

  private LogFormat() {}

  /** What is wrong with the environment's choice, if anything: logback would log nothing at all. */
  static Optional<String> problem(Map<String, String> environment) {
    String format = environment.getOrDefault(VARIABLE, TEXT);
    return FORMATS.contains(format)
        ? Optional.empty()
        : Optional.of(VARIABLE + " = " + format + ": must be one of " + String.join(", ", FORMATS));
  }
}
