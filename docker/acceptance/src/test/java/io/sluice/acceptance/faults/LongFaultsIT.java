package io.sluice.acceptance.faults;

import static io.sluice.acceptance.faults.FaultKind.COMMIT_ANSWER_LOST;
import static io.sluice.acceptance.faults.FaultKind.DRIVER_KILLED_AT_COMMIT;
import static io.sluice.acceptance.faults.FaultKind.DRIVER_KILLED_AT_START;
import static io.sluice.acceptance.faults.FaultKind.DRIVER_KILLED_IN_INTERVAL;
import static io.sluice.acceptance.faults.FaultKind.DYNAMODB_THROTTLED;
import static io.sluice.acceptance.faults.FaultKind.EXECUTOR_KILLED;
import static io.sluice.acceptance.faults.FaultKind.GRACEFUL_STOP;
import static io.sluice.acceptance.faults.FaultKind.KINESIS_ERRORS;
import static io.sluice.acceptance.faults.FaultKind.KINESIS_ITERATORS_EXPIRED;
import static io.sluice.acceptance.faults.FaultKind.KINESIS_THROTTLED;
import static io.sluice.acceptance.faults.FaultKind.MERGE;
import static io.sluice.acceptance.faults.FaultKind.RESCALE;
import static io.sluice.acceptance.faults.FaultKind.S3_DATA_ERRORS;
import static io.sluice.acceptance.faults.FaultKind.S3_DATA_RESETS;
import static io.sluice.acceptance.faults.FaultKind.S3_DATA_SLOW;
import static io.sluice.acceptance.faults.FaultKind.S3_MANIFEST_ERRORS;
import static io.sluice.acceptance.faults.FaultKind.S3_MANIFEST_SLOW;
import static io.sluice.acceptance.faults.FaultKind.SECOND_DRIVER;
import static io.sluice.acceptance.faults.FaultKind.SPLIT;
import static io.sluice.acceptance.faults.FaultKind.SQS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.faults.FaultMix.Plan;
import io.sluice.acceptance.faults.FaultMix.Report;
import io.sluice.acceptance.faults.WriterSettings.SourceType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The long mix of faults, by the profile {@code writer-faults}: a quarter of an hour, with
 * receivers three quarters. {@code -Dfaults.source=receiver} for the other source, {@code
 * -Dfaults.seed} to repeat one, {@code -Dfaults.minutes} for another limit: what has happened by
 * then is proven all the same.
 */
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class LongFaultsIT {
  private static final int DRIVER_KILLS = 30;
  private static final int EXECUTOR_KILLS = 10;

  @Test
  void everyRecordIsThereOnceWhateverHappensForLong() throws Exception {
    SourceType source =
        SourceType.valueOf(System.getProperty("faults.source", "direct").toUpperCase(Locale.ROOT));
    long seed = Long.getLong("faults.seed", System.nanoTime());
    Duration limit = Duration.ofMinutes(Long.getLong("faults.minutes", 60));
    Map<FaultKind, Integer> faults = faults(source);

    Report report =
        new FaultMix(new Plan(source, 4, 800, faults, Duration.ofMinutes(1), limit), seed).run();

    assertThat(report.differences()).as("-Dfaults.seed=%d", seed).isEmpty();
    assertThat(report.faults()).isEqualTo(faults);
    assertThat(report.exits().get(WriterRun.KILLED)).isGreaterThanOrEqualTo(DRIVER_KILLS);
    assertThat(report.executorsKilled()).isGreaterThanOrEqualTo(EXECUTOR_KILLS);
    assertThat(report.landed().rows()).isEqualTo(Events.good(report.records()));
  }

  private static Map<FaultKind, Integer> faults(SourceType source) {
    Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    // Each kills two.
    faults.put(DRIVER_KILLED_AT_START, 5);
    faults.put(DRIVER_KILLED_IN_INTERVAL, 9);
    faults.put(DRIVER_KILLED_AT_COMMIT, 12);
    faults.put(EXECUTOR_KILLED, 11);
    faults.put(GRACEFUL_STOP, 3);
    faults.put(SECOND_DRIVER, 3);
    faults.put(SPLIT, 3);
    faults.put(MERGE, 3);
    faults.put(RESCALE, 3);
    faults.put(S3_DATA_ERRORS, 5);
    faults.put(S3_DATA_RESETS, 3);
    faults.put(S3_DATA_SLOW, 3);
    faults.put(S3_MANIFEST_ERRORS, 4);
    faults.put(S3_MANIFEST_SLOW, 3);
    faults.put(COMMIT_ANSWER_LOST, 5);
    faults.put(SQS_DOWN, 2);
    faults.put(KINESIS_THROTTLED, 3);
    faults.put(KINESIS_ERRORS, 3);
    faults.put(KINESIS_ITERATORS_EXPIRED, 3);
    if (source == SourceType.RECEIVER) {
      faults.put(DYNAMODB_THROTTLED, 3);
    }
    return faults;
  }
}
