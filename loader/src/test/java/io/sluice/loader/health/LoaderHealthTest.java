package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.config.Secret;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.warehouse.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class LoaderHealthTest {
  @TempDir private Path folder;

  @Test
  void tellsSystemdThatItRunsHowItIsAndThatItStops() throws IOException {
    Path file = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file));
        LoaderHealth health = open(file, List.of())) {
      health.watch(Map.of(Loads.TABLE, new Backlog(10)));
      health.events().received(0);
      health.events().warehouseAnswered();
      await().until(() -> systemd.messages().contains("WATCHDOG=1"));
      assertThat(systemd.messages())
          .startsWith("STATUS=starting: checking the set-up")
          .doesNotContain("READY=1");

      health.running();
      await()
          .until(() -> systemd.messages().contains("STATUS=loading 0 of 1 tables, 0 batches wait"));
      assertThat(systemd.messages()).contains("READY=1");

      health.stopping();
      assertThat(systemd.messages()).contains("STOPPING=1");
    }
  }

  @Test
  void leavesTheWatchdogToBarkWhenAThreadIsStuckOrDead() throws IOException {
    Path file = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file));
        LoaderHealth health = open(file, List.of())) {
      health.running();
      health.events().threadAlive("receive", Duration.ZERO);
      // A watchdog's tick that was on its way may still come.
      await().until(() -> last(systemd).contains("thread receive was to be heard of"));
      int seen = systemd.messages().size();

      await().during(Duration.ofMillis(500)).until(() -> !barks(systemd, seen));

      health.events().threadAlive("receive", Duration.ofHours(1));
      await().until(() -> barks(systemd, seen));
      health.events().threadDied("receive");
      await().until(() -> last(systemd).contains("thread receive died"));
    }
  }

  @Test
  void showsMetricsOfEventsAndBacklogsAndOfTheJvm() throws Exception {
    try (LoaderHealth health = open(null, List.of())) {
      health.watch(Map.of(Loads.TABLE, new Backlog(10)));
      health.events().loaded(Loads.outcome(InstantSource.system().instant()));

      String metrics = get(health, "/metrics").body();

      assertThat(metrics)
          .contains("sluice_loader_loaded_rows_total{table=\"public.things\"} 30.0\n")
          .contains("sluice_loader_backlog_rows{table=\"public.things\"} 0.0\n")
          .contains("jvm_memory_used_bytes{area=\"heap\"}");
    }
  }

  @Test
  void tellsOverHttpHowItIs() throws Exception {
    try (LoaderHealth health = open(null, List.of())) {
      assertThat(get(health, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(health, "/readyz").statusCode()).isEqualTo(503);

      health.events().received(0);
      health.events().warehouseAnswered();
      health.running();
      assertThat(get(health, "/readyz").statusCode()).isEqualTo(200);

      health.events().threadDied("catch-up");
      assertThat(get(health, "/healthz").body()).isEqualTo("thread catch-up died\n");
      assertThat(get(health, "/readyz").body()).isEqualTo("thread catch-up died\n");
    }
  }

  @Test
  void postsAlertsToEveryWebhookThoughOneHangs() throws IOException {
    try (TestWebhook hanging = new TestWebhook(TestWebhook.HANGS);
        TestWebhook json = new TestWebhook();
        TestWebhook slack = new TestWebhook();
        LoaderHealth health =
            open(
                null,
                List.of(
                    new Webhook(new Secret(hanging.url()), Webhook.Form.JSON),
                    new Webhook(new Secret(json.url()), Webhook.Form.JSON),
                    new Webhook(new Secret(slack.url()), Webhook.Form.SLACK)))) {
      health.watch(Map.of(Loads.TABLE, new Backlog(10)));
      health
          .events()
          .paused(Loads.TABLE, Loads.failure(FailureKind.MISCONFIGURED, "it was dropped"));
      health.events().recovered(Loads.TABLE);

      await().until(() -> json.posted().size() == 2 && slack.posted().size() == 2);
      assertThat(json.posted().get(0))
          .contains("\"state\":\"firing\"", "\"kind\":\"paused\"", "\"loader\":\"test:1\"");
      assertThat(json.posted().get(1)).contains("\"state\":\"resolved\"");
      assertThat(slack.posted().get(0)).startsWith("{\"text\":\":red_circle: public.things is");
    }
  }

  private static boolean barks(NotifyReceiver systemd, int seen) throws IOException {
    List<String> messages = systemd.messages();
    return messages.subList(seen, messages.size()).contains("WATCHDOG=1");
  }

  private static String last(NotifyReceiver systemd) throws IOException {
    List<String> messages = systemd.messages();
    return messages.isEmpty() ? "" : messages.get(messages.size() - 1);
  }

  private static HttpResponse<String> get(LoaderHealth health, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + health.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** With a watchdog of 100 ms if there is a socket. */
  private static LoaderHealth open(Path socket, List<Webhook> webhooks) {
    Map<String, String> environment =
        socket == null
            ? Map.of()
            : Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "100000");
    return LoaderHealth.open(
        new HealthSettings("127.0.0.1", 0, webhooks, Map.of(Loads.TABLE, TableGoals.NONE)),
        Duration.ofMinutes(1),
        "test:1",
        InstantSource.system(),
        environment);
  }
}
