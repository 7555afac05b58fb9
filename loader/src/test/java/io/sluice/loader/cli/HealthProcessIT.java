package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.health.NotifyReceiver;
import io.sluice.loader.health.TestWebhook;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.LandedFolder;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** How the built loader shows itself to those who watch it. */
class HealthProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String queue = stack.newQueue();
  private final TableName table = TableName.parse(LoaderStack.newName("things"));
  private final String schema = LoaderStack.newName("ledger");
  private final String bucket = stack.newBucket();
  private final LandedFolder landed =
      new LandedFolder(
          new S3ObjectStore(stack.s3(), bucket), BatchFolder.parse("s3://" + bucket + "/x"));
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private LoaderProcess loaders;
  private ChildProcess loader;
  private TestWebhook webhook;

  @BeforeEach
  void initialise() throws IOException {
    webhook = new TestWebhook();
    loaders = new LoaderProcess(stack, folder);
    createTable();
    assertThat(loaders.run("init", "--config", config(0))).startsWith("0: ");
  }

  @AfterEach
  void stop() {
    if (loader != null) {
      loader.close();
    }
    webhook.close();
  }

  @Test
  void tellsSystemdPrometheusAndPeopleHowItIs() throws Exception {
    Path socket = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(socket))) {
      loader =
          loaders.start(
              Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000000"),
              "run",
              "--config",
              config(0));
      await().atMost(PATIENCE).until(() -> systemd.messages().contains("READY=1"));
      await().atMost(PATIENCE).until(() -> systemd.messages().contains("WATCHDOG=1"));
      await().atMost(PATIENCE).until(() -> get("/readyz").body().equals("ready\n"));
      assertThat(get("/healthz").body()).isEqualTo("alive\n");

      send(landed.land(table, "1,x"));
      awaitMetric("sluice_loader_loaded_rows_total{table=\"%s\"} 1.0");
      awaitMetric("sluice_loader_freshness_stage_seconds_count{stage=\"commit\",table=\"%s\"} 1");
      awaitMetric("sluice_loader_messages_deleted_total 1.0");

      send(landed.land(table, "two,x"));
      awaitAlert("firing", "quarantined", "Invalid digit");
      awaitMetric("sluice_loader_quarantined_files_total{table=\"%s\"} 1.0");

      sql.execute("DROP TABLE " + table);
      send(landed.land(table, "3,x"));
      awaitAlert("firing", "paused", "nonexistent table");
      awaitMetric("sluice_loader_table_paused{table=\"%s\"} 1.0");
      assertThat(get("/readyz").statusCode()).isEqualTo(503);
      assertThat(get("/readyz").body()).contains(table + " is paused: ");

      createTable();
      awaitAlert("resolved", "paused", "loads again");
      await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);

      // The kernel keeps ten messages that nobody has read.
      assertThat(systemd.messages()).doesNotContain("STOPPING=1");
      assertThat(loader.terminate(PATIENCE)).isZero();
      assertThat(systemd.messages()).contains("STOPPING=1");
    }
    assertThat(LoaderProcess.log(loader)).doesNotContain("hook-token");
  }

  @Test
  void writesEveryLineOfTheLogAsADocument() throws IOException {
    loader = loaders.start(Map.of("SLUICE_LOG_FORMAT", "json"), "run", "--config", config(0));
    send(landed.land(table, "1,x"));
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains("freshness"));
    assertThat(loader.terminate(PATIENCE)).isZero();

    List<String> lines = LoaderProcess.log(loader).lines().toList();

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
    loader = loaders.start(Map.of("SLUICE_LOG_FORMAT", "yaml"), "run", "--config", config(0));

    assertThat(loader.awaitExit(PATIENCE)).isEqualTo(2);
    assertThat(LoaderProcess.log(loader))
        .isEqualTo("sluice-loader: SLUICE_LOG_FORMAT = yaml: must be one of text, json\n");
  }

  @Test
  void endsWithTwoWhenItsPortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(loaders.run("run", "--config", config(other.getLocalPort())))
          .startsWith("2: sluice-loader: ")
          .contains("loader.health.port = " + other.getLocalPort() + ": cannot listen on ")
          .doesNotContain("\tat ");
    }
  }

  private void awaitMetric(String line) {
    String wanted = line.formatted(table) + "\n";
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(get("/metrics").body()).contains(wanted));
  }

  private void awaitAlert(String state, String kind, String words) {
    await()
        .atMost(PATIENCE)
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
    Matcher port = PORT.matcher(LoaderProcess.log(loader));
    assertThat(port.find()).isTrue();
    URI uri = URI.create("http://127.0.0.1:" + port.group(1) + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private void createTable() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
  }

  private void send(ManifestMessage message) {
    stack.sqs().sendMessage(queue, ContractJson.write(message));
  }

  private String config(int port) throws IOException {
    Path file = folder.resolve("loader.conf");
    Files.writeString(
        file,
        """
        loader {
          queue.url = "%s"
          batch-folders = ["s3://%s/x"]
          aws {
            region = us-east-1
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse {
            url = "%s"
            user = "%s"
            password = "%s"
            iam-role = "arn:aws:iam::123456789012:role/copy"
            ledger.schema = %s
          }
          copy { max-wait = 200ms, min-interval = 0s }
          tables = [{ name = "%s" }]
          catch-up.interval = 1s
          health.port = %d
          alerts.webhooks = [{ url = "%s" }]
        }
        """
            .formatted(
                queue,
                bucket,
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.redshift().url(),
                stack.redshift().user(),
                stack.redshift().password(),
                schema,
                table,
                port,
                webhook.url()));
    return file.toString();
  }
}
