package io.sluice.common.config;

import java.util.List;

/**
 * Settings that cannot be used. The message lists every problem, one a line, each with its path and
 * value.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an immutable list of strings
  private final List<String> problems;

  public ConfigException(String source, List<String> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one a line of the message. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String source, List<String> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return count + " in " + source + ":\n  - " + String.join("\n  - ", problems);
  }
}
