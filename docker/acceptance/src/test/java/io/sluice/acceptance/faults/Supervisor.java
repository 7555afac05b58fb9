package io.sluice.acceptance.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Keeps a writer running as a supervisor in production would: whenever the last one has ended, the
 * next is started. Holds every exit against what the faults of its time allow. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(90);

  private final IntFunction<WriterRun> starter;
  private final List<WriterRun> live = new ArrayList<>();
  private final List<Integer> tolerated = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Map<Integer, Integer> exits = new TreeMap<>();
  private final Set<ProcessHandle> executors = new HashSet<>();
  private int started;
  private boolean ending;

  /**
   * @param starter starts the n-th run
   */
  Supervisor(IntFunction<WriterRun> starter) {
    this.starter = starter;
  }

  /** Starts a writer, whether or not another one runs. */
  synchronized WriterRun start() {
    WriterRun run = starter.apply(started++);
    tolerated.forEach(run::allow);
    live.add(run);
    var unused = run.driver().onExit().thenRun(() -> ended(run));
    return run;
  }

  /** The writer that was started last and still runs. */
  synchronized WriterRun current() {
    requireNoComplaints();
    if (live.isEmpty()) {
      throw new IllegalStateException("no writer runs");
    }
    WriterRun run = live.get(live.size() - 1);
    executors.addAll(run.executors());
    return run;
  }

  /** All writers that run. */
  synchronized List<WriterRun> live() {
    return List.copyOf(live);
  }

  /** How many runs have ended with each exit code. */
  synchronized Map<Integer, Integer> exits() {
    return Map.copyOf(exits);
  }

  /** How many runs have ended with this code. */
  synchronized int exits(int code) {
    return exits.getOrDefault(code, 0);
  }

  /**
   * Until it is closed, writers may end with this code; those that run now may also do so later.
   */
  synchronized Tolerance tolerate(int exitCode) {
    tolerated.add(exitCode);
    live.forEach(run -> run.allow(exitCode));
    return () -> endTolerance(exitCode);
  }

  /** A time in which writers may end in a way of their own. */
  interface Tolerance {
    void end();
  }

  /** Throws when a writer has ended as none may. */
  synchronized void requireNoComplaints() {
    if (!complaints.isEmpty()) {
      throw new AssertionError(String.join("\n", complaints));
    }
  }

  /** Stops the writer for good. */
  void stop() {
    List<WriterRun> last;
    synchronized (this) {
      ending = true;
      last = List.copyOf(live);
    }
    for (WriterRun run : last) {
      run.terminate();
      run.driver().awaitExit(STOPPED_WITHIN);
    }
    requireNoComplaints();
  }

  @Override
  public void close() {
    List<WriterRun> left;
    synchronized (this) {
      ending = true;
      left = List.copyOf(live);
    }
    left.forEach(run -> run.driver().kill());
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  private synchronized void endTolerance(int exitCode) {
    tolerated.remove(Integer.valueOf(exitCode));
  }

  private synchronized void ended(WriterRun run) {
    live.remove(run);
    exits.merge(run.driver().exitCode().orElseThrow(), 1, Integer::sum);
    if (!ending || run.driver().exitCode().orElseThrow() != WriterRun.KILLED) {
      String complaint = run.complaint();
      if (!complaint.isEmpty()) {
        complaints.add(complaint);
      }
    }
    if (live.isEmpty() && !ending && complaints.isEmpty()) {
      start();
    }
  }
}
