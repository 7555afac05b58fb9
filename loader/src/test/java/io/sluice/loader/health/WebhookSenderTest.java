package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.config.Secret;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.health.Alert.State;
import io.sluice.loader.plan.Backoff;
import io.sluice.stack.process.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WebhookSenderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LoaderMetrics metrics = new LoaderMetrics(registry);
  private final Logger logger = (Logger) LoggerFactory.getLogger(WebhookSender.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private WebhookSender sender;

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    sender.close();
    logger.detachAppender(logged);
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("token"));
  }

  @Test
  void postsAlertsInOrder() throws IOException {
    try (TestWebhook webhook = new TestWebhook()) {
      sender = sender(webhook.url());

      sender.offer(alert("first"));
      sender.offer(alert("second"));

      await().until(() -> webhook.posted().size() == 2);
      assertThat(webhook.posted().get(0)).contains("\"summary\":\"first\"");
      assertThat(webhook.posted().get(1)).contains("\"summary\":\"second\"");
      await().until(() -> count("sent") == 2);
    }
  }

  @Test
  void triesAgainUntilTheWebhookTakesIt() throws IOException {
    try (TestWebhook webhook = new TestWebhook(503, 429, 500)) {
      sender = sender(webhook.url());

      sender.offer(alert("first"));

      await().until(() -> count("sent") == 1);
      assertThat(webhook.posted()).hasSize(4);
      assertThat(count("lost")).isZero();
    }
  }

  @Test
  void givesUpAtOnceWhatTheWebhookRefuses() throws IOException {
    try (TestWebhook webhook = new TestWebhook(404)) {
      sender = sender(webhook.url());

      sender.offer(alert("first"));
      sender.offer(alert("second"));

      await().until(() -> count("sent") == 1);
      assertThat(webhook.posted()).hasSize(2);
      assertThat(count("lost")).isEqualTo(1);
      assertThat(logged.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .contains(
              "hook did not take an alert, it answered 404: check its address. The alert was:"
                  + " first");
    }
  }

  @Test
  void doesNotWaitForAWebhookThatHangs() throws IOException {
    try (TestWebhook webhook = new TestWebhook(TestWebhook.HANGS)) {
      sender = sender(webhook.url());

      sender.offer(alert("first"));

      await().until(() -> count("sent") == 1);
      assertThat(webhook.posted()).hasSize(2);
    }
  }

  @Test
  void givesUpAfterTwelveAttempts() {
    sender = sender("http://127.0.0.1:" + FreePorts.any() + "/token");

    sender.offer(alert("first"));

    await().until(() -> count("lost") == 1);
    assertThat(logged.list).filteredOn(line -> line.getLevel().levelStr.equals("WARN")).hasSize(11);
  }

  @Test
  void losesAlertsRatherThanWaitingForAWebhook() throws IOException {
    try (TestWebhook webhook = new TestWebhook(TestWebhook.HANGS)) {
      sender = sender(webhook.url(), Duration.ofMinutes(1));
      sender.offer(alert("in hand"));
      await().until(() -> webhook.posted().size() == 1);

      Instant begun = Instant.now();
      for (int i = 0; i < 300; i++) {
        sender.offer(alert("alert " + i));
      }

      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(count("lost")).isEqualTo(300 - 256);
    }
  }

  @Test
  void postsWhatWaitsBeforeItEnds() throws IOException {
    try (TestWebhook webhook = new TestWebhook()) {
      sender = sender(webhook.url());
      sender.offer(alert("first"));
      sender.offer(alert("second"));

      sender.close();

      assertThat(webhook.posted()).hasSize(2);
    }
  }

  @Test
  void endsThoughTheWebhookHangs() throws IOException {
    try (TestWebhook webhook = new TestWebhook(TestWebhook.HANGS)) {
      sender = sender(webhook.url(), Duration.ofMinutes(1));
      sender.offer(alert("first"));
      await().until(() -> webhook.posted().size() == 1);

      Instant begun = Instant.now();
      sender.close();

      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  private WebhookSender sender(String url) {
    return sender(url, PATIENCE);
  }

  private WebhookSender sender(String url, Duration patience) {
    return new WebhookSender(
        "hook",
        new Webhook(new Secret(url), Webhook.Form.JSON),
        new AlertForm("host:7"),
        metrics,
        new Backoff(Duration.ofMillis(2), Duration.ofMillis(10)),
        patience);
  }

  private int count(String what) {
    String name = "sluice_loader_alerts_" + what + "_total ";
    return PrometheusTextFormatWriter.create()
        .toDebugString(registry.scrape())
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  private static Alert alert(String summary) {
    return new Alert(Kind.PAUSED, Optional.of(Loads.TABLE), State.FIRING, summary, NOW, NOW);
  }
}
