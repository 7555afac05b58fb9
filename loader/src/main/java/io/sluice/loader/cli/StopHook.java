package io.sluice.loader.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a long command in order when its process is asked to end, by Ctrl-C or SIGTERM: what is in
 * hand has so long to finish, then it is broken off, and the command still says what it has done.
 * The process leaves with 128 and the signal's number, as shells expect of what was interrupted.
 */
final class StopHook {
  /** For the answer, after all is broken off. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  StopHook(Runnable stop, Runnable abandon, Duration grace) {
    this.hook =
        new Thread(
            () -> {
              stop.run();
              if (!isOver(grace)) {
                abandon.run();
                isOver(LAST_WORDS);
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private boolean isOver(Duration longest) {
    try {
      return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The command has said all. */
  void done() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: the process ends when it has.
    }
  }
}
