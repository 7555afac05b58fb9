package io.sluice.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.faults.FaultMix.Plan;
import io.sluice.acceptance.faults.FaultMix.Report;
import io.sluice.acceptance.faults.WriterSettings.SourceType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short mix of faults for every build. The seed is printed; {@code -Dfaults.seed} repeats the
 * order of the faults and the moments of each.
 */
class FaultMixIT {
  /** The sources that every build tests. */
  private static final List<SourceType> SOURCES = List.of(SourceType.values());

  static Stream<SourceType> sources() {
    return SOURCES.stream();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyRecordIsThereOnceWhateverHappens(SourceType source) throws Exception {
    long seed = Long.getLong("faults.seed", System.nanoTime());
    Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    for (FaultKind kind :
        List.of(
            FaultKind.DRIVER_KILLED_AT_START,
            FaultKind.DRIVER_KILLED_AT_COMMIT,
            FaultKind.EXECUTOR_KILLED,
            FaultKind.GRACEFUL_STOP,
            FaultKind.SECOND_DRIVER,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.S3_DATA_ERRORS,
            FaultKind.S3_MANIFEST_ERRORS,
            FaultKind.COMMIT_ANSWER_LOST,
            FaultKind.SQS_DOWN,
            FaultKind.KINESIS_THROTTLED,
            FaultKind.KINESIS_ITERATORS_EXPIRED)) {
      faults.put(kind, 1);
    }
    if (source == SourceType.RECEIVER) {
      faults.put(FaultKind.DYNAMODB_THROTTLED, 1);
    }

    Report report =
        new FaultMix(
                new Plan(source, 3, 500, faults, Duration.ofSeconds(4), Duration.ofMinutes(10)),
                seed)
            .run();

    assertThat(report.differences()).as("-Dfaults.seed=%d", seed).isEmpty();
    assertThat(report.faults()).isEqualTo(faults);
    assertThat(report.landed().rows()).isEqualTo(Events.good(report.records()));
  }
}
