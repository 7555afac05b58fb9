package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.config.ConfigException;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class IntervalFailedExceptionTest {
  private final ConfigException cause = new ConfigException("the stream", List.of("made again"));

  @Test
  void whatDecidesTheExitCodeIsFoundBelowWhatSparkMakesOfIt() {
    assertThat(IntervalFailedException.unwrap(new SparkException("job aborted", cause)))
        .isSameAs(cause);
  }

  /** Spark may tell of an interval that waited behind the one that failed. */
  @Test
  void andBehindAnIntervalThatWasNotRun() {
    assertThat(IntervalFailedException.unwrap(new IllegalStateException("is not run", cause)))
        .isSameAs(cause);
  }

  @Test
  void anythingElseIsAFailedInterval() {
    SparkException lost = new SparkException("lost", null);

    assertThat(IntervalFailedException.unwrap(lost))
        .isInstanceOf(IntervalFailedException.class)
        .hasCause(lost);
  }
}
