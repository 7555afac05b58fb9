package io.sluice.acceptance.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far the records have come: one line that is written over on a terminal, a line a change
 * elsewhere.
 */
final class Progress {
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final int BAR = 24;

  private final PrintStream out;
  private final boolean terminal;
  private final long expected;
  private final long startedAt = System.nanoTime();
  private String last = "";

  Progress(PrintStream out, boolean terminal, long expected) {
    this.out = out;
    this.terminal = terminal;
    this.expected = expected;
  }

  void show(long put, long landed, long loaded) {
    String counts =
        String.format(Locale.ROOT, "put %,d | landed %,d | loaded %,d", put, landed, loaded);
    String line = String.format(Locale.ROOT, "%s of %,d", counts, expected);
    if (terminal) {
      int full = (int) (BAR * loaded / Math.max(1, expected));
      String bar = "#".repeat(full) + ".".repeat(BAR - full);
      out.print(ERASE_LINE + "  [" + bar + "] " + line + "  " + elapsed().toSeconds() + " s");
      out.flush();
    } else if (!counts.equals(last)) {
      out.println("  " + line);
    }
    last = counts;
  }

  /** Leaves the last line standing. */
  void end() {
    if (terminal) {
      out.println();
    }
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
