package io.sluice.acceptance.quickstart;

import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Producer;
import io.sluice.acceptance.pipeline.Resources;
import io.sluice.acceptance.pipeline.Stages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Puts the records on a thread of its own, once the writer has come up: the real ones slowly enough
 * to be watched, the generated ones as fast as they go.
 */
final class Feeding implements AutoCloseable {
  private static final int PORTION = 150;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long SEED = 7;

  private final Resources resources;
  private final Producer producer;
  private final List<String> real;
  private final long generated;
  private final Thread thread = new Thread(this::run, "feeding");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile RuntimeException failure;

  Feeding(Resources resources, List<String> real, long generated) {
    this.resources = resources;
    this.producer = resources.producer();
    this.real = real;
    this.generated = generated;
    thread.setDaemon(true);
    thread.start();
  }

  /** How many records are in the stream; throws what has kept the rest out of it. */
  long put() {
    if (failure != null) {
      throw new IllegalStateException("cannot put the records: " + failure.getMessage(), failure);
    }
    return producer.put();
  }

  @Override
  public void close() {
    stopped.countDown();
  }

  private void run() {
    try {
      putRealFrom(0, PORTION);
      // Until Spark is up, nothing would be seen to move.
      Stages stages = resources.stages();
      while (stages.landed().read() == 0) {
        pause();
      }
      for (int from = PORTION; from < real.size(); from += PORTION) {
        putRealFrom(from, PORTION);
        pause();
      }
      producer.put(Earthquakes.generated(generated, SEED));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void putRealFrom(int from, int count) {
    producer.put(real.subList(from, Math.min(real.size(), from + count)).stream());
  }

  private void pause() throws InterruptedException {
    if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("no more records are wanted");
    }
  }
}
