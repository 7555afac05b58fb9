package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Producer;
import io.sluice.stack.process.ChildProcess;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Acceptance (b): the driver and the loader are killed while records stream through, and nothing is
 * lost or doubled. The seed of the moments is printed; {@code -Dsluice.seed} repeats it.
 */
class KillIT extends PipelineTest {
  private static final int RECORDS = 50_000;
  private static final int PORTION = 1_000;
  private static final int PORTION_MILLIS = 250;

  @Override
  int shards() {
    return 4;
  }

  @Test
  void aKilledDriverAndAKilledLoaderLoseAndDoubleNothing() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("KillIT: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    long driverDiesAt = (long) (RECORDS * (0.1 + 0.6 * random.nextDouble()));
    long loaderDiesAt = (long) (RECORDS * (0.1 + 0.6 * random.nextDouble()));
    ChildProcess firstWriter = pipeline.startWriter();
    pipeline.initLoader();
    ChildProcess firstLoader = pipeline.startLoader();
    Producer producer = pipeline.resources().producer();
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Future<?> putting = pool.submit(() -> putSlowly(producer, seed));
      Future<?> killing =
          pool.submit(
              () -> {
                awaitWhileRunning(
                    "the loader's moment",
                    () -> stages.loaded().rows() >= loaderDiesAt,
                    firstLoader);
                pause(random.nextInt(1500));
                firstLoader.kill();
                pipeline.startLoader();
              });
      var log = pipeline.resources().stages();
      awaitWhileRunning(
          "the driver's moment", () -> log.landed().landed() >= driverDiesAt, firstWriter);
      pause(random.nextInt(1500));
      firstWriter.kill();
      ChildProcess secondWriter = pipeline.startWriter();
      putting.get(3, TimeUnit.MINUTES);
      killing.get(3, TimeUnit.MINUTES);

      awaitWhileRunning(
          "all records in the table",
          () -> stages.loaded().rows() >= RECORDS,
          secondWriter,
          pipeline.loader());
    } finally {
      pool.shutdownNow();
    }
    assertThat(firstWriter.isAlive() || firstLoader.isAlive()).isFalse();
    new Proof(pipeline).everyRecordOnce(RECORDS, 0);
  }

  /** The producer's pace is what gives the kills a stream to hit. */
  private static void putSlowly(Producer producer, long seed) {
    List<String> all = Earthquakes.generated(RECORDS, seed).collect(Collectors.toList());
    IntStream.range(0, RECORDS / PORTION)
        .forEach(
            i -> {
              producer.put(all.subList(i * PORTION, (i + 1) * PORTION).stream());
              pause(PORTION_MILLIS);
            });
  }

  private static void pause(int millis) {
    java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
