package io.sluice.writer.upload;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.sluice.common.store.ObjectStoreException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that send bytes to S3, one pool for all tasks of a JVM. What waits or is being sent
 * never takes more than a limit of memory: who hands over more waits. Passing failures are tried
 * again here, on top of the SDK's own few attempts.
 *
 * <p>Safe for use by several threads. The threads are daemons and end when idle.
 */
public final class Uploads {
  private static final ConcurrentMap<UploadLimits, Uploads> SHARED = new ConcurrentHashMap<>();
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int IDLE_SECONDS = 30;

  private final BlockPool blocks;
  private final Semaphore room;
  private final int rooms;
  private final ThreadPoolExecutor threads;
  private final FailsafeExecutor<Object> patiently;

  public Uploads(UploadLimits limits) {
    this.rooms = Math.max(1, Math.toIntExact(limits.memoryBytes() / BLOCK_BYTES));
    this.blocks = new BlockPool(BLOCK_BYTES, 2 * rooms);
    this.room = new Semaphore(rooms, true);
    this.threads =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // Bounded by the room that each of its entries takes.
            new LinkedBlockingQueue<>(),
            Uploads::thread);
    threads.allowCoreThreadTimeOut(true);
    this.patiently =
        Failsafe.with(
            RetryPolicy.builder()
                .handleIf(e -> e instanceof ObjectStoreException o && o.isTransient())
                .withMaxAttempts(limits.attempts())
                .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .withJitter(0.5)
                .build());
  }

  /** The one for these limits in this JVM. */
  public static Uploads shared(UploadLimits limits) {
    return SHARED.computeIfAbsent(limits, Uploads::new);
  }

  /** Where the bytes of objects gather. */
  public BlockPool blocks() {
    return blocks;
  }

  /**
   * Sends a body by {@code request} as soon as there is room and a thread; waits for the room. The
   * body's blocks are given back in any case.
   */
  CompletableFuture<Void> send(Blocks.Body body, Runnable request) {
    int taken = (int) Math.min(rooms, Math.max(1, body.memory() / BLOCK_BYTES));
    try {
      room.acquire(taken);
    } catch (InterruptedException e) {
      body.release();
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> patiently.run(request::run), threads);
    return sent.whenComplete(
        (nothing, failure) -> {
          body.release();
          room.release(taken);
        });
  }

  /** For what follows upon a body without bytes of its own. */
  Executor threads() {
    return threads;
  }

  /** Carries out a request of no size, with the same patience. */
  void patiently(Runnable request) {
    patiently.run(request::run);
  }

  /** What a wait for uploads that was interrupted is told by. */
  public static UncheckedIOException interrupted(InterruptedException cause) {
    InterruptedIOException e = new InterruptedIOException("interrupted while waiting for uploads");
    e.initCause(cause);
    return new UncheckedIOException(e);
  }

  private static final AtomicInteger THREADS = new AtomicInteger();

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sluice-upload-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
