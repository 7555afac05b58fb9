package io.sluice.common.config;

import static java.util.Objects.requireNonNull;

/** A value that no log, error or {@code toString} may show. */
public record Secret(String value) {
  public Secret {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "********";
  }
}
