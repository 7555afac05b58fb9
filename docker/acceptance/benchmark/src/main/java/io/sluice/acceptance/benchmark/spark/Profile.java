package io.sluice.acceptance.benchmark.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of some work, and what it says: where threads were when they were looked at,
 * and what allocated. Says which limit holds a goal back.
 */
final class Profile {
  private static final int TOP = 15;
  private static final Duration EVERY = Duration.ofMillis(10);

  private final Map<String, Long> methods = new HashMap<>();
  private final Map<String, Long> threads = new HashMap<>();
  private final Map<String, Long> allocations = new HashMap<>();

  private Profile() {}

  /** Runs the work, keeps the recording in the file, and reads it. */
  static Profile of(Path file, Callable<?> work) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(EVERY);
      recording.enable("jdk.NativeMethodSample").withPeriod(EVERY);
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
      recording.enable("jdk.GCPhasePause");
      recording.start();
      work.call();
      recording.stop();
      recording.dump(file);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return read(file);
  }

  /** Prints the most frequent methods, the threads and the places that allocate most. */
  void print(PrintWriter out) {
    table(out, "Methods at the top of the stack, samples of 10 ms", methods);
    table(out, "Threads", threads);
    table(out, "Allocation, by class and the nearest method of ours or of a library", allocations);
  }

  private static Profile read(Path file) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        profile.add(events.readEvent());
      }
    }
    return profile;
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> {
        String top = top(event.getStackTrace(), false);
        // A thread that waits for its peer stands in native code as well.
        if (!isWaiting(top)) {
          methods.merge(top, 1L, Long::sum);
          threads.merge(threadOf(event), 1L, Long::sum);
        }
      }
      case "jdk.ObjectAllocationSample" ->
          allocations.merge(
              event.getClass("objectClass").getName() + "  in " + top(event.getStackTrace(), true),
              event.getLong("weight"),
              Long::sum);
      default -> {
        // Nothing that is counted.
      }
    }
  }

  private static boolean isWaiting(String method) {
    return method.contains("EPoll.wait")
        || method.contains(".accept")
        || method.contains("Net.poll")
        || method.contains("SocketDispatcher.read")
        || method.contains("ProcessHandleImpl");
  }

  private static String threadOf(RecordedEvent event) {
    var thread = event.getThread("sampledThread");
    String name = thread == null ? "unknown" : String.valueOf(thread.getJavaName());
    return name.replaceAll("\\d+(\\.\\d+)*", "N");
  }

  private static String top(RecordedStackTrace stack, boolean beyondTheJdk) {
    if (stack == null) {
      return "unknown";
    }
    for (RecordedFrame frame : stack.getFrames()) {
      String name = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
      if (!beyondTheJdk || !name.startsWith("java.")) {
        return name;
      }
    }
    return "the JDK";
  }

  private static void table(PrintWriter out, String title, Map<String, Long> counts) {
    long all = Math.max(1, counts.values().stream().mapToLong(count -> count).sum());
    out.printf("%n%s%n", title);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(TOP)
        .forEach(
            entry ->
                out.printf("  %5.1f %%  %s%n", 100.0 * entry.getValue() / all, entry.getKey()));
    out.flush();
  }
}
