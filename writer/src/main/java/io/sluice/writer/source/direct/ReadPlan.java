package io.sluice.writer.source.direct;

import io.sluice.common.aws.AwsSettings;
import io.sluice.writer.source.DirectConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * How every task of a run reads.
 *
 * @param kinesis how Kinesis is reached
 * @param attempt unique to the run: what another one has read ahead is not taken
 * @param patience how long what was read ahead waits for a task
 */
record ReadPlan(AwsSettings kinesis, DirectConfig config, String attempt, Duration patience)
    implements Serializable {
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

  static ReadPlan of(AwsSettings kinesis, DirectConfig config, String attempt, Duration interval) {
    Duration intervals = interval.multipliedBy(3).plus(config.limits().time());
    return new ReadPlan(
        kinesis,
        config,
        attempt,
        intervals.compareTo(LEAST_PATIENCE) > 0 ? intervals : LEAST_PATIENCE);
  }
}
