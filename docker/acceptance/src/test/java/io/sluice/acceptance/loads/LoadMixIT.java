package io.sluice.acceptance.loads;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.loads.LoadMix.Plan;
import io.sluice.acceptance.loads.LoadMix.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two loaders through faults of everything. The seed is printed; {@code -Dloads.seed} repeats the
 * order of the faults and the moments of each.
 */
class LoadMixIT {
  /** Those after which a table pauses for half a minute: the long mix has them. */
  private static final EnumSet<LoadFault> PAUSING =
      EnumSet.of(LoadFault.LOGIN_REFUSED, LoadFault.DISK_FULL, LoadFault.COPY_S3_DENIED);

  @Test
  void everyRowIsLoadedOnceAndEveryBadFileIsInQuarantine() {
    long seed = Long.getLong("loads.seed", System.nanoTime());
    List<LoadFault> faults = List.copyOf(EnumSet.complementOf(PAUSING));

    Report report = new LoadMix(new Plan(4, 60, Duration.ofMillis(500), faults), seed).run();

    assertThat(report.differences()).as("-Dloads.seed=%d", seed).isEmpty();
    assertThat(report.batches()).isEqualTo(240);
    assertThat(report.faults()).isGreaterThanOrEqualTo(10);
  }

  /** By the profile {@code loader-faults}. */
  @Test
  @EnabledIfSystemProperty(named = "loads.long", matches = "true")
  void twoThousandBatchesThroughTwoHundredFaults() {
    long seed = Long.getLong("loads.seed", System.nanoTime());
    List<LoadFault> faults = new ArrayList<>();
    for (int round = 0; round < 14; round++) {
      faults.addAll(
          round % 5 == 0 ? EnumSet.allOf(LoadFault.class) : EnumSet.complementOf(PAUSING));
    }

    Report report = new LoadMix(new Plan(8, 250, Duration.ofSeconds(3), faults), seed).run();

    assertThat(report.differences()).as("-Dloads.seed=%d", seed).isEmpty();
    assertThat(report.batches()).isEqualTo(2000);
    assertThat(report.faults()).isGreaterThanOrEqualTo(200);
    assertThat(report.struck())
        .hasSizeGreaterThanOrEqualTo(10)
        .containsKey(LoadFault.LOADER_KILLED);
  }
}
