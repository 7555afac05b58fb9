package io.sluice.writer.source.direct;

import io.sluice.writer.source.DirectConfig;
import io.sluice.writer.source.DirectConfig.Pace;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.ReceiverConfig;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Settings of sources: as fast as the stand-in, and without reading ahead, unless told otherwise.
 */
final class SourceConfigs {
  static final Pace FAST = new Pace(1000, 1L << 40);
  static final ReadLimits WIDE = new ReadLimits(200_000, 64 << 20, Duration.ofSeconds(30));

  private SourceConfigs() {}

  static SourceConfig direct(
      List<String> streams, InitialPosition position, Instant startAt, DirectConfig direct) {
    return new SourceConfig(
        SourceConfig.Type.DIRECT,
        streams,
        position,
        startAt,
        null,
        direct,
        new ReceiverConfig(1, ReceiverConfig.Metrics.NONE));
  }

  static SourceConfig direct(
      String stream, InitialPosition position, Instant startAt, ReadLimits limits) {
    return direct(List.of(stream), position, startAt, new DirectConfig(limits, FAST, 0));
  }

  static ReadLimits atMost(long records) {
    return new ReadLimits(records, 64 << 20, Duration.ofSeconds(30));
  }
}
