package io.sluice.loader.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.common.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP how the loader is: {@code /metrics} for Prometheus, {@code /healthz} and {@code
 * /readyz} for supervisors, with 200 or with 503 and the reasons, one a line.
 *
 * <p>It has threads of its own, and a request asks nobody outside of the process.
 */
final class HealthServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

  private static final int THREADS = 4;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry registry;
  private final Supplier<List<String>> alive;
  private final Supplier<List<String>> ready;

  private HealthServer(
      HttpServer server,
      PrometheusRegistry registry,
      Supplier<List<String>> alive,
      Supplier<List<String>> ready) {
    this.server = server;
    this.registry = registry;
    this.alive = alive;
    this.ready = ready;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "health-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Listens.
   *
   * @param alive why the process does not live as it should
   * @param ready why it cannot load
   * @throws ConfigException when the port is taken or the address is none of this machine
   */
  static HealthServer start(
      HealthSettings settings,
      PrometheusRegistry registry,
      Supplier<List<String>> alive,
      Supplier<List<String>> ready) {
    boundSlowClients();
    InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
    HealthServer server = new HealthServer(bind(settings, address), registry, alive, ready);
    server.server.start();
    return server;
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Without these a few clients that never end their requests would hold all threads. */
  private static void boundSlowClients() {
    for (String bound : List.of("maxReqTime", "maxRspTime")) {
      String property = "sun.net.httpserver." + bound;
      if (System.getProperty(property) == null) {
        System.setProperty(property, "10");
      }
    }
  }

  private static HttpServer bind(HealthSettings settings, InetSocketAddress address) {
    String place = settings.address() + ":" + settings.port();
    if (address.isUnresolved()) {
      throw unusable("loader.health.address = " + settings.address() + ": no such host is known");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw unusable(
          "loader.health.port = %d: cannot listen on %s (%s): take another loader.health.port, 0 for any free one, or another loader.health.address"
              .formatted(settings.port(), place, e.getMessage()));
    } catch (IOException e) {
      throw unusable(
          "loader.health.address = %s: cannot listen on %s (%s)"
              .formatted(settings.address(), place, e.getMessage()));
    }
  }

  private static ConfigException unusable(String problem) {
    return new ConfigException("the settings", List.of(problem));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        answer(exchange, 405, TEXT, text("only GET and HEAD"));
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> metrics(exchange);
        case "/healthz" -> health(exchange, "alive", alive.get());
        case "/readyz" -> health(exchange, "ready", ready.get());
        default -> answer(exchange, 404, TEXT, text("there are /metrics, /healthz and /readyz"));
      }
    } catch (RuntimeException e) {
      log.error("{} failed: please report it", exchange.getRequestURI().getPath(), e);
      answer(exchange, 500, TEXT, text("a fault in the loader, see its log"));
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    ExpositionFormatWriter writer =
        formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writer.write(body, registry.scrape());
    answer(exchange, 200, writer.getContentType(), body.toByteArray());
  }

  private static void health(HttpExchange exchange, String well, List<String> reasons)
      throws IOException {
    if (reasons.isEmpty()) {
      answer(exchange, 200, TEXT, text(well));
    } else {
      answer(exchange, 503, TEXT, text(String.join("\n", reasons)));
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] text(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
