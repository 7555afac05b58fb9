package io.sluice.acceptance.benchmark.endtoend;

import java.util.Locale;

/** The writer's ways to read Kinesis. */
public enum SourceKind {
  DIRECT,
  RECEIVER;

  /** As the setting {@code source.type} has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
