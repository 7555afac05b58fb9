package io.sluice.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.faults.FaultMix.Plan;
import io.sluice.acceptance.faults.FaultMix.Report;
import io.sluice.acceptance.faults.WriterSettings.SourceType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A short mix of faults for every build. The seed is printed and says which source it is, too;
 * {@code -Dfaults.seed} repeats the order of the faults and the moments of each, {@code
 * -Dfaults.source} names the source. The other one has its own tests in each build ({@code
 * DirectSourceIT}, {@code ReceiverAppIT}), and both have the long mix.
 */
class FaultMixIT {
  private static final List<FaultKind> OF_BOTH =
      List.of(
          FaultKind.DRIVER_KILLED_AT_COMMIT,
          FaultKind.EXECUTOR_KILLED,
          FaultKind.SECOND_DRIVER,
          FaultKind.SPLIT,
          FaultKind.S3_DATA_ERRORS,
          FaultKind.COMMIT_ANSWER_LOST,
          FaultKind.SQS_DOWN,
          FaultKind.KINESIS_THROTTLED);

  /** A run with receivers takes half a minute to its first commit: the long mix has the rest. */
  private static final Map<SourceType, List<FaultKind>> MORE =
      Map.of(
          SourceType.RECEIVER,
          List.of(FaultKind.DYNAMODB_THROTTLED),
          SourceType.DIRECT,
          List.of(
              FaultKind.DRIVER_KILLED_AT_START,
              FaultKind.GRACEFUL_STOP,
              FaultKind.MERGE,
              FaultKind.S3_MANIFEST_ERRORS,
              FaultKind.KINESIS_ITERATORS_EXPIRED));

  @Test
  void everyRecordIsThereOnceWhateverHappens() {
    long seed = Long.getLong("faults.seed", System.nanoTime());
    SourceType source = source(seed);
    Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    OF_BOTH.forEach(kind -> faults.put(kind, 1));
    MORE.get(source).forEach(kind -> faults.put(kind, 1));

    Report report =
        new FaultMix(
                new Plan(source, 3, 500, faults, Duration.ofSeconds(3), Duration.ofMinutes(10)),
                seed)
            .run();

    assertThat(report.differences()).as("-Dfaults.seed=%d", seed).isEmpty();
    assertThat(report.faults()).isEqualTo(faults);
    assertThat(report.landed().rows()).isEqualTo(Events.good(report.records()));
  }

  private static SourceType source(long seed) {
    String named = System.getProperty("faults.source");
    if (named != null) {
      return SourceType.valueOf(named.toUpperCase(Locale.ROOT));
    }
    return Math.floorMod(seed, 2) == 0 ? SourceType.DIRECT : SourceType.RECEIVER;
  }
}
