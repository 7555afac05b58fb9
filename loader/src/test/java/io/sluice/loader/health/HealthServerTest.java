package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final IntakeMetrics metrics = new IntakeMetrics(registry);
  private final List<String> dead = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HealthServer server =
      HealthServer.start(settings("127.0.0.1", 0), registry, () -> dead, () -> reasons);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsTheMetricsAsPrometheusWantsThem() throws Exception {
    metrics.received(3);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).contains("\nsluice_loader_messages_received_total 3.0\n");
  }

  @Test
  void showsThemAsOpenMetricsToWhoAsksForThat() throws Exception {
    HttpRequest request =
        request("/metrics").header("Accept", "application/openmetrics-text; version=1.0.0").build();

    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void tellsWhetherItLives() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/healthz").body()).isEqualTo("alive\n");

    dead.add("thread receive died");

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).isEqualTo("thread receive died\n");
  }

  @Test
  void tellsWhyItIsNotReady() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    reasons.addAll(List.of("the queue does not answer", "the warehouse does not answer"));

    HttpResponse<String> answer = get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.body())
        .isEqualTo("the queue does not answer\nthe warehouse does not answer\n");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void answersHeadWithoutABodyAndRefusesTheRest() throws Exception {
    HttpRequest head = request("/healthz").method("HEAD", BodyPublishers.noBody()).build();
    HttpRequest post = request("/healthz").POST(BodyPublishers.ofString("x")).build();

    assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void answersThoughOtherClientsNeverEndTheirRequests() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
        slow.add(socket);
        socket.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
      }

      HttpRequest request = request("/healthz").timeout(Duration.ofSeconds(60)).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void namesAPortThatIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HealthSettings settings = settings("127.0.0.1", other.getLocalPort());

      assertThatThrownBy(() -> HealthServer.start(settings, registry, List::of, List::of))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("loader.health.port = " + other.getLocalPort())
          .hasMessageContaining("0 for any free one");
    }
  }

  @Test
  void namesAnAddressThatIsNoneOfItsOwn() {
    assertThatThrownBy(
            () -> HealthServer.start(settings("192.0.2.1", 0), registry, List::of, List::of))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("192.0.2.1:0")
        .hasMessageContaining("another loader.health.address");
    assertThatThrownBy(
            () -> HealthServer.start(settings("no.such.invalid", 0), registry, List::of, List::of))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("loader.health.address = no.such.invalid: no such host is known");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private static HealthSettings settings(String address, int port) {
    return new HealthSettings(address, port, List.of(), Map.of());
  }
}
