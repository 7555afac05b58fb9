package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.NotifyReceiver;
import io.sluice.loader.health.TestWebhook;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** How the built loader shows itself to those who watch it. */
class HealthProcessIT {
  private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");
  private final HttpClient client = HttpClient.newHttpClient();
  private TestWebhook webhook;
  private LoaderProcess loader;

  @BeforeEach
  void tellAWebhook() throws IOException {
    webhook = new TestWebhook();
    place.configure(alerts());
  }

  @AfterEach
  void closeTheWebhook() {
    webhook.close();
  }

  @Test
  void tellsSystemdPrometheusAndPeopleHowItIs() throws Exception {
    Path socket = place.folder().resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(socket))) {
      loader = place.start(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000000"));
      await().atMost(LoaderProcess.PATIENCE).until(() -> systemd.messages().contains("READY=1"));
      await().atMost(LoaderProcess.PATIENCE).until(() -> systemd.messages().contains("WATCHDOG=1"));
      await().atMost(LoaderProcess.PATIENCE).until(() -> get("/readyz").body().equals("ready\n"));
      assertThat(get("/healthz").body()).isEqualTo("alive\n");

      place.announce(table, "1,x");
      awaitMetric("sluice_loader_loaded_rows_total{table=\"%s\"} 1.0");
      awaitMetric("sluice_loader_freshness_stage_seconds_count{stage=\"commit\",table=\"%s\"} 1");
      awaitMetric("sluice_loader_messages_deleted_total 1.0");

      place.announce(table, "two,x");
      awaitAlert("firing", "quarantined", "Invalid digit");
      awaitMetric("sluice_loader_quarantined_files_total{table=\"%s\"} 1.0");

      place.sql().execute("DROP TABLE " + table);
      place.announce(table, "3,x");
      awaitAlert("firing", "paused", "nonexistent table");
      awaitMetric("sluice_loader_table_paused{table=\"%s\"} 1.0");
      assertThat(get("/readyz").statusCode()).isEqualTo(503);
      assertThat(get("/readyz").body()).contains(table + " is paused: ");

      place.create(table);
      awaitAlert("resolved", "paused", "loads again");
      await().atMost(LoaderProcess.PATIENCE).until(() -> get("/readyz").statusCode() == 200);

      // The kernel keeps ten messages that nobody has read.
      assertThat(systemd.messages()).doesNotContain("STOPPING=1");
      assertThat(loader.stop()).isZero();
      assertThat(systemd.messages()).contains("STOPPING=1");
    }
    assertThat(loader.log()).doesNotContain("hook-token");
  }

  @Test
  void writesEveryLineOfTheLogAsADocument() throws IOException {
    loader = place.start(Map.of("SLUICE_LOG_FORMAT", "json"));
    place.announce(table, "1,x");
    loader.awaitLog("freshness");
    assertThat(loader.stop()).isZero();

    List<String> lines = loader.log().lines().toList();

    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      JsonNode document = new ObjectMapper().readTree(line);
      assertThat(document.get("timestamp").isNumber()).as(line).isTrue();
      assertThat(document.get("level").asText()).isIn("INFO", "WARN", "ERROR");
      assertThat(document.get("formattedMessage").asText()).isNotBlank();
    }
  }

  @Test
  void endsWithTwoOnAFormatThatItDoesNotKnow() throws IOException {
    loader = place.start(Map.of("SLUICE_LOG_FORMAT", "yaml"));

    assertThat(loader.awaitExit()).isEqualTo(2);
    assertThat(loader.log())
        .isEqualTo("sluice-loader: SLUICE_LOG_FORMAT = yaml: must be one of text, json\n");
  }

  @Test
  void endsWithTwoWhenItsPortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      place.configure(alerts(), "loader.health.port = " + other.getLocalPort());

      assertThat(place.run("run"))
          .startsWith("2: sluice-loader: ")
          .contains("loader.health.port = " + other.getLocalPort() + ": cannot listen on ")
          .doesNotContain("\tat ");
    }
  }

  private void awaitMetric(String line) {
    String wanted = line.formatted(table) + "\n";
    await()
        .atMost(LoaderProcess.PATIENCE)
        .untilAsserted(() -> assertThat(get("/metrics").body()).contains(wanted));
  }

  private void awaitAlert(String state, String kind, String words) {
    await()
        .atMost(LoaderProcess.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(webhook.posted())
                    .anySatisfy(
                        alert ->
                            assertThat(alert)
                                .contains(
                                    "\"state\":\"" + state + "\"",
                                    "\"kind\":\"" + kind + "\"",
                                    words)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    Matcher port = PORT.matcher(loader.log());
    assertThat(port.find()).isTrue();
    URI uri = URI.create("http://127.0.0.1:" + port.group(1) + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private String alerts() {
    return "loader.alerts.webhooks = [{ url = \"" + webhook.url() + "\" }]";
  }
}
