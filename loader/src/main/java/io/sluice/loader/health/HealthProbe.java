package io.sluice.loader.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a loader that may run on this machine how it is, by its own HTTP endpoint. */
public final class HealthProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final HealthSettings settings;

  public HealthProbe(HealthSettings settings) {
    this.settings = settings;
  }

  /**
   * What a loader says of itself.
   *
   * @param isReady whether it can load
   * @param text its words
   */
  public record Answer(boolean isReady, String text) {}

  /** Where it is asked; empty when the settings leave the port open. */
  public Optional<URI> address() {
    if (settings.port() == 0) {
      return Optional.empty();
    }
    String host =
        settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
    return Optional.of(URI.create("http://%s:%d/readyz".formatted(host, settings.port())));
  }

  /** The answer, empty when nobody gives one. */
  public Optional<Answer> ask() {
    if (address().isEmpty()) {
      return Optional.empty();
    }
    HttpRequest request = HttpRequest.newBuilder(address().get()).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(new Answer(response.statusCode() == OK, response.body().strip()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
