package io.sluice.writer.source;

import io.sluice.common.config.Settings;
import java.io.Serializable;

/**
 * How shards are read by receivers.
 *
 * @param receivers of each stream; each keeps a core busy
 * @param metrics what the KCL tells CloudWatch
 */
public record ReceiverConfig(int receivers, Metrics metrics) implements Serializable {
  /** The KCL's levels of metrics. */
  public enum Metrics {
    NONE,
    SUMMARY,
    DETAILED
  }

  static ReceiverConfig read(Settings settings) {
    int receivers = (int) settings.number("receivers", 1, 1, 1000);
    Metrics metrics = settings.oneOf("metrics", Metrics.class, Metrics.NONE);
    return settings.valid(() -> new ReceiverConfig(receivers, metrics));
  }
}
