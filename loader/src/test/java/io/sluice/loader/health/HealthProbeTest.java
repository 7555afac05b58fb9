package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.loader.health.HealthProbe.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private final List<String> reasons = new CopyOnWriteArrayList<>();

  @Test
  void tellsWhatALoaderSaysOfItself() {
    try (HealthServer server =
        HealthServer.start(
            settings("127.0.0.1", 0), new PrometheusRegistry(), List::of, () -> reasons)) {
      HealthProbe probe = new HealthProbe(settings("127.0.0.1", server.address().getPort()));

      assertThat(probe.ask()).map(Answer::isReady).contains(true);
      reasons.add("the warehouse does not answer");
      assertThat(probe.ask()).contains(new Answer(false, "the warehouse does not answer"));
    }
  }

  @Test
  void isEmptyWhereNobodyAnswers() {
    assertThat(new HealthProbe(settings("127.0.0.1", 1)).ask()).isEmpty();
    assertThat(new HealthProbe(settings("127.0.0.1", 0)).address()).isEmpty();
    assertThat(new HealthProbe(settings("::1", 7)).address())
        .contains(URI.create("http://[::1]:7/readyz"));
  }

  private static HealthSettings settings(String address, int port) {
    return new HealthSettings(address, port, List.of(), Map.of());
  }
}
