package io.sluice.acceptance.faults;

import io.sluice.stack.process.ChildProcess;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One run of the writer, and how it may end. Thread-safe. */
final class WriterRun {
  static final int FAILED = 1;
  static final int FENCED = 4;
  static final int KILLED = 137;
  static final int TERMINATED = 143;

  private final ChildProcess driver;
  private final Place place;
  private final WriterSettings settings;
  private final Set<Integer> allowed = ConcurrentHashMap.newKeySet();

  WriterRun(ChildProcess driver, Place place, WriterSettings settings) {
    this.driver = driver;
    this.place = place;
    this.settings = settings;
  }

  ChildProcess driver() {
    return driver;
  }

  WriterSettings settings() {
    return settings;
  }

  /** Its executors, as far as they can be told. */
  List<ProcessHandle> executors() {
    return place.executors(driver);
  }

  /** From now on it may also end like this. */
  void allow(int exitCode) {
    allowed.add(exitCode);
  }

  /** Kills the driver and nobody else: its executors have to find out by themselves. */
  void killDriver() {
    allow(KILLED);
    ProcessHandle.of(driver.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Asks the driver to stop. */
  void terminate() {
    allow(TERMINATED);
    ProcessHandle.of(driver.pid()).ifPresent(ProcessHandle::destroy);
  }

  /** What is wrong about how it has ended, empty when nothing is. */
  String complaint() {
    int code = driver.exitCode().orElseThrow();
    if (!allowed.contains(code)) {
      return "%s ended with %d, allowed was %s:%n%s"
          .formatted(driver.name(), code, allowed, driver.logTail(100));
    }
    String log = driver.logTail(1000);
    boolean complains =
        log.lines().anyMatch(line -> line.contains(" ERROR ") && line.contains(" WriterApp - "));
    boolean said =
        switch (code) {
          case FENCED -> log.contains("this writer is fenced and stops");
          case FAILED -> complains;
          case TERMINATED -> !complains;
          default -> true;
        };
    return said
        ? ""
        : "%s ended with %d, and its log says:%n%s".formatted(driver.name(), code, log);
  }
}
