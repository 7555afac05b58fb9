package io.sluice.acceptance.badweek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A region that is down: S3 and SQS answer with errors, the warehouse takes no connection. */
final class Outage {
  private static final int OK = 200;
  private static final int ERRORS = 300;

  private static final List<String> ORDERS =
      List.of(
          "service=s3&fault=slow-down&times=always",
          "service=sqs&fault=internal-error&times=always",
          "service=redshift&fault=paused&delay=10m");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI faults;

  /** Of the stack whose control is there. */
  Outage(URI control) {
    this.faults = URI.create(control.toString().replaceFirst("/$", "") + "/faults");
  }

  /** From the next call of anybody on. */
  void begin() {
    ORDERS.forEach(
        order ->
            send(
                HttpRequest.newBuilder(faults)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(order, UTF_8))));
  }

  /** The region is back. */
  void end() {
    send(HttpRequest.newBuilder(faults).DELETE());
  }

  private void send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() < OK || answer.statusCode() >= ERRORS) {
        throw new IllegalStateException("the stack does not do that: " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the stack does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
