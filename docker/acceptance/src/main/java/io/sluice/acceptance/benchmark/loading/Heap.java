package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, as the JDK's own {@code jcmd} tells it. */
final class Heap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private Heap() {}

  /** The bytes of all objects that are left after a full collection, which this causes. */
  static long live(long pid) {
    String jcmd = ChildProcess.java().resolveSibling("jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      try (var output = process.getInputStream()) {
        return total(new String(output.readAllBytes(), UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + jcmd + ", which a JDK has", e);
    }
  }

  /** The last line of a histogram. */
  static long total(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("no histogram of a heap: " + histogram);
    }
    return Long.parseLong(total.group(1));
  }
}
