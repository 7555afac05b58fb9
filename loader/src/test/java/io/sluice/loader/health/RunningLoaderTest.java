package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.manifest.TableName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunningLoaderTest {
  private static final TableName TABLE = TableName.parse("orders");

  @Test
  void tellsWhatTheLoaderTellsOfItself() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Counter retries =
        Counter.builder()
            .name("sluice_loader_retries_total")
            .labelNames("table", "kind")
            .register(registry);
    retries.labelValues(TABLE.toString(), "transient").inc(2);
    retries.labelValues(TABLE.toString(), "unknown").inc();
    Gauge.builder()
        .name("sluice_loader_table_paused")
        .labelNames("table")
        .register(registry)
        .labelValues(TABLE.toString())
        .set(1);
    List<String> reasons = List.of("public.orders is paused: no such table");

    try (HealthServer server = HealthServer.start(settings(0), registry, List::of, () -> reasons)) {
      RunningLoader loader = RunningLoader.look(settings(server.address().getPort())).orElseThrow();

      assertThat(loader.ready()).isFalse();
      assertThat(loader.reasons()).isEqualTo(reasons);
      assertThat(loader.retries(TABLE)).isEqualTo(OptionalLong.of(3));
      assertThat(loader.retries(TableName.parse("others"))).isEmpty();
      assertThat(loader.trouble(TABLE)).contains("no such table");
      assertThat(loader.trouble(TableName.parse("others"))).isEmpty();
    }
  }

  @Test
  void isMissingWhereNobodyAnswers() {
    assertThat(RunningLoader.look(settings(0))).isEmpty();
    assertThat(RunningLoader.look(settings(1))).isEmpty();
    assertThat(RunningLoader.place(new HealthSettings("0.0.0.0", 7, List.of(), Map.of())))
        .isEqualTo("127.0.0.1:7");
    assertThat(RunningLoader.place(new HealthSettings("::1", 7, List.of(), Map.of())))
        .isEqualTo("[::1]:7");
  }

  @Test
  void readsLabelsWithTheirEscapes() {
    Exposition metrics =
        Exposition.parse(
            "# HELP a b\na{x=\"q\\\"1\\\\n\",y=\"2\"} 1.5E1 1700000000000\na 4\n\nnot one\n");

    assertThat(metrics.sum("a", "x", "q\"1\\n")).isEqualTo(OptionalLong.of(15));
    assertThat(metrics.sum("a", "x", "2")).isEmpty();
  }

  private static HealthSettings settings(int port) {
    return new HealthSettings("127.0.0.1", port, List.of(), Map.of());
  }
}
