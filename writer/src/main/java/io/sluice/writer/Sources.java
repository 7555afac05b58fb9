package io.sluice.writer;

import io.sluice.writer.source.Source;
import io.sluice.writer.source.direct.DirectSource;
import io.sluice.writer.source.receiver.ReceiverSource;
import java.time.Clock;

/** The source that the settings ask for. */
final class Sources {
  private Sources() {}

  static Source of(WriterConfig config, Clock clock) {
    LandingConfig landing = config.landing();
    return switch (config.source().type()) {
      case DIRECT -> new DirectSource(config.source(), landing.aws(), clock);
      case RECEIVER ->
          new ReceiverSource(config.source(), landing.aws(), landing.batchFolder(), clock);
    };
  }
}
