package io.sluice.acceptance.benchmark.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.acceptance.benchmark.endtoend.SteadyProducer.Arrival;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.common.manifest.WriterRun;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final List<Manifest> MANIFESTS =
      List.of(
          manifest(2, START.plusSeconds(5), range("a", 1, 10), range("b", 1, 4)),
          manifest(3, START.plusSeconds(9), range("a", 11, 20)));

  @Test
  void aRecordIsAsOldAsTheManifestThatHoldsItsSequenceNumber() {
    List<Arrival> arrivals =
        List.of(
            arrival("a", 10, START.plusSeconds(4)),
            arrival("a", 11, START.plusSeconds(4)),
            arrival("b", 3, START.plusSeconds(2)));

    Freshness freshness = of(arrivals);

    assertThat(freshness).isEqualTo(new Freshness(SourceKind.DIRECT, 1.0, 1000, 3, 3.0, 5.0, 5.0));
  }

  @Test
  void aRecordWithoutAManifestIsNoResult() {
    assertThatThrownBy(() -> of(List.of(arrival("b", 5, START))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no manifest has Arrival[shard=b, sequenceNumber=5, at=2026-11-22T00:00:00Z]");
    assertThatThrownBy(() -> of(List.of(arrival("c", 1, START))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no manifest has Arrival[shard=c");
  }

  private static Freshness of(List<Arrival> arrivals) {
    return Freshness.of(SourceKind.DIRECT, Duration.ofSeconds(1), 1000, arrivals, MANIFESTS);
  }

  private static Arrival arrival(String shard, long sequenceNumber, Instant at) {
    return new Arrival(shard, BigInteger.valueOf(sequenceNumber), at);
  }

  private static ShardRange range(String shard, long from, long to) {
    return new ShardRange(
        shard,
        new Mark(BigInteger.valueOf(from), 0),
        new Mark(BigInteger.valueOf(to), 0),
        to - from + 1);
  }

  private static Manifest manifest(long number, Instant createdAt, ShardRange... ranges) {
    return new Manifest(
        number,
        Manifest.Kind.BATCH,
        new WriterRun("events", "here", "attempt"),
        createdAt.minusSeconds(1),
        Duration.ofSeconds(1),
        List.of(
            new SourceProgress(
                "events",
                "arn:aws:kinesis:us-east-1:000000000000:stream/events",
                START,
                StartPosition.trimHorizon(),
                List.of(ranges),
                List.of())),
        List.of(),
        Rejects.none(),
        createdAt);
  }
}
