package io.sluice.loader.daemon;

import java.time.Duration;

/**
 * The thread of a table's worker. It can be told to leave, and then finishes the load in hand.
 *
 * <p>Safe for use by several threads once it is started.
 */
final class WorkerThread {
  private final TableWorker worker;
  private Thread thread;
  private volatile boolean retired;
  private volatile Runnable afterwards = () -> {};

  WorkerThread(TableWorker worker) {
    this.worker = worker;
  }

  /** Sets the thread, which is to call {@link #ended} at its end. */
  void set(Thread body) {
    thread = body;
  }

  void start() {
    thread.start();
  }

  /** Begins no further load; {@code then} runs in the thread when the last one has ended. */
  void retire(Runnable then) {
    afterwards = then;
    retired = true;
    wake();
  }

  boolean isRetired() {
    return retired;
  }

  /** Runs what was to be done afterwards. */
  void ended() {
    afterwards.run();
  }

  /** Begins no further load, and ends its waits. */
  void wake() {
    worker.finish();
  }

  void breakOff() {
    worker.abandon();
    thread.interrupt();
  }

  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  void join(Duration atMost) throws InterruptedException {
    thread.join(Math.max(1, atMost.toMillis()));
  }

  /** Also when it never began. */
  boolean hasEnded() {
    return !thread.isAlive();
  }
}
