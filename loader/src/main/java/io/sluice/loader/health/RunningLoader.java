package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The loader that runs on this machine, as it tells of itself over HTTP.
 *
 * @param ready whether it can load
 * @param reasons why not, one sentence each
 */
public record RunningLoader(boolean ready, List<String> reasons, Exposition metrics) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int OK = 200;

  public RunningLoader {
    reasons = List.copyOf(reasons);
  }

  /**
   * Asks it.
   *
   * @return empty when nobody answers where these settings say, or they leave the port open
   */
  public static Optional<RunningLoader> look(HealthSettings settings) {
    if (settings.port() == 0) {
      return Optional.empty();
    }
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<String> metrics = get(client, settings, "/metrics");
      HttpResponse<String> ready = get(client, settings, "/readyz");
      if (metrics.statusCode() != OK) {
        return Optional.empty();
      }
      boolean isReady = ready.statusCode() == OK;
      List<String> reasons = isReady ? List.of() : ready.body().lines().toList();
      return Optional.of(new RunningLoader(isReady, reasons, Exposition.parse(metrics.body())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Where it is looked for. */
  public static String place(HealthSettings settings) {
    return host(settings) + ":" + settings.port();
  }

  /** How often loads of this table failed and were tried again; empty when it does not load it. */
  public OptionalLong retries(TableName table) {
    return metrics.sum("sluice_loader_retries_total", "table", table.toString());
  }

  /** Why no load of this table can succeed; empty when one can, or it does not load it. */
  public Optional<String> trouble(TableName table) {
    OptionalLong paused = metrics.sum("sluice_loader_table_paused", "table", table.toString());
    if (paused.isEmpty() || paused.getAsLong() == 0) {
      return Optional.empty();
    }
    String start = table + " is paused: ";
    return Optional.of(
        reasons.stream()
            .filter(reason -> reason.startsWith(start))
            .map(reason -> reason.substring(start.length()))
            .findFirst()
            .orElse("it waits for somebody to repair it: see the loader's log"));
  }

  private static HttpResponse<String> get(HttpClient client, HealthSettings settings, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + place(settings) + path))
            .timeout(PATIENCE)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A loader that listens everywhere listens here, too. */
  private static String host(HealthSettings settings) {
    String address = settings.address();
    if (address.equals("0.0.0.0") || address.equals("::")) {
      return "127.0.0.1";
    }
    return address.contains(":") ? "[" + address + "]" : address;
  }
}
