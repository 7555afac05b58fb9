package io.sluice.stack.redshift;

import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * The worst of all objects: its read never returns, heeds no interrupt, and its close waits for the
 * read.
 */
final class StuckStream extends InputStream {
  private final CountDownLatch reached;
  private volatile boolean released;

  /** Counts {@code reached} down when the read is stuck. */
  StuckStream(CountDownLatch reached) {
    this.reached = reached;
  }

  @Override
  public synchronized int read() {
    reached.countDown();
    while (!released) {
      LockSupport.parkNanos(this, 10_000_000);
    }
    return -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return read();
  }

  @Override
  public synchronized void close() {}

  /** Lets the thread go that a test has left in here. */
  void release() {
    released = true;
  }
}
