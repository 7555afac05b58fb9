package io.sluice.acceptance.loads;

import static org.awaitility.Awaitility.await;

import io.sluice.common.aws.FaultControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One scenario: intervals are landed, two loaders load them, and a seeded sequence of faults
 * happens to all; then everything is proven.
 */
final class LoadMix {
  private static final Duration STRIKES_WITHIN = Duration.ofSeconds(20);
  private static final Duration LOADED_WITHIN = Duration.ofMinutes(10);
  private static final int LOADERS = 2;

  private final Plan plan;
  private final long seed;
  private final long startedAt = System.nanoTime();
  private final Map<LoadFault, Integer> struck = new EnumMap<>(LoadFault.class);

  LoadMix(Plan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
  }

  /**
   * What is to happen.
   *
   * @param intervals each with a batch a table
   * @param pace from one interval to the next
   * @param faults what happens, in any order
   */
  record Plan(int tables, int intervals, Duration pace, List<LoadFault> faults) {}

  /**
   * What has happened.
   *
   * @param struck how often each fault was really met
   */
  record Report(
      int batches,
      long rows,
      int badFiles,
      Map<LoadFault, Integer> struck,
      List<String> differences) {
    int faults() {
      return struck.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  Report run() {
    say("-Dloads.seed=" + seed);
    try (LoadPlace place = LoadPlace.start(plan.tables())) {
      place.initialise();
      LandedBatches landed = new LandedBatches(place, new Random(seed));
      ExecutorService lander = Executors.newSingleThreadExecutor();
      try (Loaders loaders = new Loaders(place, LOADERS)) {
        Future<?> landing = lander.submit(() -> land(landed));
        strike(place, loaders, new Random(seed + 1), landing);
        landing.get();
        LoadsProof proof = new LoadsProof(place, landed);
        await("everything is loaded")
            .atMost(LOADED_WITHIN)
            .pollInterval(Duration.ofMillis(500))
            .failFast(loaders::requireAlive)
            .until(proof::isLoaded);
        await("all messages are deleted")
            .atMost(LOADED_WITHIN)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> place.messages() == 0);
        loaders.stopAll();
        Report report =
            new Report(
                landed.batches(),
                landed.goodRows(),
                landed.bad().size(),
                struck,
                proof.differences());
        say(
            "%,d batches, %,d rows, %d bad files, %d faults %s, %d differences"
                .formatted(
                    report.batches(),
                    report.rows(),
                    report.badFiles(),
                    report.faults(),
                    struck,
                    report.differences().size()));
        return report;
      } finally {
        lander.shutdownNow();
      }
    } catch (Exception | AssertionError e) { // of whatever kind, it is told with the seed
      throw new AssertionError(
          "the scenario failed after %s; repeat it by -Dloads.seed=%d".formatted(struck, seed), e);
    }
  }

  private void land(LandedBatches landed) {
    long next = System.nanoTime();
    for (int number = 1; number <= plan.intervals(); number++) {
      landed.land(number);
      next += plan.pace().toNanos();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void strike(LoadPlace place, Loaders loaders, Random random, Future<?> landing) {
    List<LoadFault> order = new ArrayList<>(plan.faults());
    Collections.shuffle(order, random);
    for (LoadFault fault : order) {
      if (landing.isDone()) {
        say("all is landed, %s and what comes after it are left out".formatted(fault));
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(500)));
      switch (fault) {
        case LOADER_KILLED -> {
          loaders.kill(random.nextInt(loaders.count()));
          struck.merge(fault, 1, Integer::sum);
        }
        case LOADER_STOPPED -> {
          loaders.stop(random.nextInt(loaders.count()));
          struck.merge(fault, 1, Integer::sum);
        }
        default -> order(place.faults(), loaders, fault, random);
      }
    }
  }

  /** A fault that nobody meets in time, for all tables pause, is withdrawn and does not count. */
  private void order(FaultControl faults, Loaders loaders, LoadFault fault, Random random) {
    try (FaultControl.Order order = faults.order(fault.order(random).orElseThrow())) {
      await()
          .atMost(STRIKES_WITHIN)
          .pollInterval(Duration.ofMillis(50))
          .failFast(loaders::requireAlive)
          .until(order::isSpent);
      struck.merge(fault, 1, Integer::sum);
    } catch (ConditionTimeoutException e) {
      say("nobody met " + fault);
    }
  }

  private void say(String what) {
    System.out.printf(
        "loads %4d s: %s%n", Duration.ofNanos(System.nanoTime() - startedAt).toSeconds(), what);
  }
}
