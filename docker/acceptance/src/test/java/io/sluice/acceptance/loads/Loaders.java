package io.sluice.acceptance.loads;

import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two loaders on the same queue and tables; whoever is ended is started again. */
final class Loaders implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

  private final LoadPlace place;
  private final List<ChildProcess> running = new ArrayList<>();
  private int started;

  Loaders(LoadPlace place, int count) {
    this.place = place;
    for (int i = 0; i < count; i++) {
      running.add(start());
    }
  }

  /** Kills one with SIGKILL and starts another. */
  void kill(int which) {
    requireAlive();
    running.get(which).kill();
    replace(which);
  }

  /** Ends one with SIGTERM once it loads, which it must answer with 0, and starts another. */
  void stop(int which) {
    requireAlive();
    ChildProcess loader = running.get(which);
    loader.await("it loads", STARTS_WITHIN, () -> isLoading(loader));
    end(loader);
    replace(which);
  }

  /** Ends all of them. */
  void stopAll() {
    requireAlive();
    running.forEach(loader -> loader.await("it loads", STARTS_WITHIN, () -> isLoading(loader)));
    running.forEach(Loaders::end);
  }

  /** Throws when one has ended by itself, which none may. */
  void requireAlive() {
    for (ChildProcess loader : running) {
      if (!loader.isAlive()) {
        throw new AssertionError(
            "%s ended with %s:%n%s".formatted(loader.name(), loader.exitCode(), loader.logTail()));
      }
    }
  }

  int count() {
    return running.size();
  }

  @Override
  public void close() {
    running.forEach(ChildProcess::close);
  }

  private static void end(ChildProcess loader) {
    int code = loader.terminate(GRACE);
    if (code != 0) {
      throw new AssertionError(
          "SIGTERM ended a loader with %d:%n%s".formatted(code, loader.logTail()));
    }
  }

  /** Until then a JVM answers SIGTERM with 143: there is nothing to finish. */
  private static boolean isLoading(ChildProcess loader) {
    try {
      return Files.readString(loader.log()).contains("loading [");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replace(int which) {
    running.get(which).close();
    running.set(which, start());
  }

  private ChildProcess start() {
    return place.loader("loader-" + ++started, "run");
  }
}
