package io.sluice.loader.health;

import io.sluice.loader.plan.Backoff;
import io.sluice.loader.words.Durations;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts to one webhook, in order, from a thread of its own: however long the webhook takes,
 * nobody else waits for it.
 *
 * <p>An alert is tried again for a quarter of an hour or so, then given up and logged, for the ones
 * behind it wait too. The address is never logged.
 */
final class WebhookSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

  private static final int MOST_WAITING = 256;
  private static final int ATTEMPTS = 12;

  /** For the whole of one request. */
  private static final Duration REQUEST = Duration.ofSeconds(10);

  /** How long a stop waits for what was just raised. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final String name;
  private final Webhook webhook;
  private final AlertForm form;
  private final LoaderMetrics metrics;
  private final Backoff pauses;
  private final Duration patience;
  private final HttpClient client;
  private final BlockingQueue<Alert> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final RandomGenerator random = new Random();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ending = lock.newCondition();
  private final Thread thread;
  private boolean closed;

  /** The webhook of this place in the settings, which names it in the log. */
  static WebhookSender start(int place, Webhook webhook, AlertForm form, LoaderMetrics metrics) {
    String name = "loader.alerts.webhooks[" + place + "]";
    return new WebhookSender(name, webhook, form, metrics, PAUSES, REQUEST);
  }

  /** {@code patience} is for the whole of one request. */
  WebhookSender(
      String name,
      Webhook webhook,
      AlertForm form,
      LoaderMetrics metrics,
      Backoff pauses,
      Duration patience) {
    this.name = name;
    this.webhook = webhook;
    this.form = form;
    this.metrics = metrics;
    this.pauses = pauses;
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
    this.thread = new Thread(this::run, "alerts-" + name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Takes an alert, at once; when too many wait it is only logged. */
  void offer(Alert alert) {
    if (!waiting.offer(alert)) {
      metrics.alertLost();
      log.error("{} does not take alerts, this one is lost: {}", name, alert.summary());
    }
  }

  /** Ends the thread; what waits gets a moment more, but no second try. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ending.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    try {
      Alert alert = next();
      while (alert != null) {
        deliver(alert);
        alert = next();
      }
    } catch (InterruptedException e) {
      log.debug("{} stops with {} alerts waiting", name, waiting.size());
    }
  }

  /**
   * Null at the end. A closed sender is looked at every now and then, an alert is taken at once.
   */
  private Alert next() throws InterruptedException {
    while (!isClosed()) {
      Alert alert = waiting.poll(500, TimeUnit.MILLISECONDS);
      if (alert != null) {
        return alert;
      }
    }
    return waiting.poll();
  }

  private void deliver(Alert alert) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = post(alert);
      if (answer.taken()) {
        metrics.alertSent();
        return;
      }
      if (!answer.passes() || attempt >= ATTEMPTS || isClosed()) {
        metrics.alertLost();
        log.error(
            "{} did not take an alert, {}: check its address. The alert was: {}",
            name,
            answer.why(),
            alert.summary());
        return;
      }
      Duration pause = pauses.steady(attempt, random);
      log.warn(
          "{} did not take an alert, trying again in {}: {}",
          name,
          Durations.words(pause),
          answer.why());
      awaitEnd(pause);
    }
  }

  private Answer post(Alert alert) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webhook.uri())
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(form.body(alert, webhook.form())))
            .build();
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      // The request's own time-out ends with the headers: a body may still take for ever.
      return answer(response.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (TimeoutException e) {
      return Answer.failed("no answer within " + patience);
    } catch (ExecutionException e) {
      return Answer.failed(described(e.getCause()));
    } finally {
      response.cancel(true);
    }
  }

  private static Answer answer(int status) {
    if (status >= 200 && status < 300) {
      return new Answer(true, false, "");
    }
    boolean passes = status >= 500 || status == 429 || status == 408;
    return new Answer(false, passes, "it answered " + status);
  }

  /** Only what is known not to hold the address. */
  private static String described(Throwable e) {
    return e instanceof IOException
        ? "it cannot be reached (" + e.getClass().getSimpleName() + ")"
        : "the request failed (" + e.getClass().getSimpleName() + ")";
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void awaitEnd(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && left > 0) {
        left = ending.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private record Answer(boolean taken, boolean passes, String why) {
    private static Answer failed(String why) {
      return new Answer(false, true, why);
    }
  }
}
