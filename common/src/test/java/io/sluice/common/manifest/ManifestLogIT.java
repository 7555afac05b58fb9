package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.S3ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log by the real protocol. */
class ManifestLogIT {
  private static final int NUMBERS = 40;

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
    s3.createBucket("log");
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    stack.close();
  }

  /** Both go for every number at the same moment: one has it, the other is told so. */
  @Test
  void ofTwoRacingAppendersExactlyOneWinsEachNumber() throws Exception {
    CyclicBarrier next = new CyclicBarrier(2);
    ExecutorService racers = Executors.newFixedThreadPool(2);
    try {
      Future<List<Boolean>> a = racers.submit(race("a", next));
      Future<List<Boolean>> b = racers.submit(race("b", next));

      List<Boolean> wonByA = a.get(2, TimeUnit.MINUTES);
      List<Boolean> wonByB = b.get(2, TimeUnit.MINUTES);

      ManifestLog log = log("race");
      assertThat(log.lastNumber()).isEqualTo(NUMBERS);
      for (int i = 0; i < NUMBERS; i++) {
        assertThat(wonByA.get(i)).isNotEqualTo(wonByB.get(i));
        assertThat(log.read(i + 1).orElseThrow().writer().attempt())
            .isEqualTo(wonByA.get(i) ? "a" : "b");
      }
    } finally {
      racers.shutdownNow();
    }
  }

  @Test
  void findsTheLastNumberWithAndWithoutItsHint() {
    ManifestLog log = log("hint");
    for (int number = 1; number <= 9; number++) {
      log.append(Manifests.batch(number, "a"));
    }

    assertThat(log.lastNumber()).isEqualTo(9);
    s3.deleteObject("log", "hint/" + BatchFolder.lastManifestHint());
    assertThat(log.lastNumber()).isEqualTo(9);
    assertThat(log.read(9)).hasValue(Manifests.batch(9, "a"));
    assertThat(log.read(10)).isEmpty();
  }

  @Test
  void aMissingBucketIsNotAnEmptyLog() {
    ManifestLog log =
        new ManifestLog(
            new S3ObjectStore(s3, "missing"),
            BatchFolder.parse("s3://missing/x"),
            Duration.ofSeconds(5));

    assertThatThrownBy(log::lastNumber)
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("NoSuchBucket");
  }

  private static Callable<List<Boolean>> race(String attempt, CyclicBarrier next) {
    ManifestLog log = log("race");
    return () -> {
      List<Boolean> won = new ArrayList<>();
      for (int number = 1; number <= NUMBERS; number++) {
        next.await(1, TimeUnit.MINUTES);
        try {
          log.append(Manifests.batch(number, attempt));
          won.add(true);
        } catch (FencedException e) {
          won.add(false);
        }
      }
      return won;
    };
  }

  private static ManifestLog log(String prefix) {
    return new ManifestLog(
        new S3ObjectStore(s3, "log"), new BatchFolder("log", prefix), Duration.ofSeconds(30));
  }
}
