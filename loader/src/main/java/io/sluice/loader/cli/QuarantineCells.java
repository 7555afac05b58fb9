package io.sluice.loader.cli;

import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.QuarantineEntry;

/** How commands tell of a file in quarantine. */
final class QuarantineCells {
  private static final int SHORT = 48;

  private QuarantineCells() {}

  static String batch(QuarantineEntry entry) {
    return entry.batch().folder() + "#" + entry.batch().manifest();
  }

  static String state(QuarantineEntry entry) {
    return entry.state().isOpen() ? "open" : entry.state().text();
  }

  static String extent(QuarantineEntry entry) {
    boolean rows = entry.state() == State.LEFT_OUT || entry.bytes() == 0;
    return rows ? "rows" : "file";
  }

  static Long line(QuarantineEntry entry) {
    return entry.error().line() == 0 ? null : entry.error().line();
  }

  static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** For a table that people read: show has the whole. */
  static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= SHORT ? line : line.substring(0, SHORT - 3) + "...";
  }
}
