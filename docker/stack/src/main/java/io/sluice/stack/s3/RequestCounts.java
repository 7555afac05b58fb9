package io.sluice.stack.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how many requests s3proxy has answered out of the metrics that it publishes. */
final class RequestCounts {
  /** A histogram's count; the labels of one operation differ in method and status. */
  private static final Pattern COUNT =
      Pattern.compile(
          "(?m)^http_server_request_duration_seconds_count\\{.*?s3_operation=\"([^\"]+)\".*?} (\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest metrics;

  RequestCounts(URI address) {
    metrics = HttpRequest.newBuilder(address.resolve("/metrics")).build();
  }

  Map<String, Long> byOperation() {
    Map<String, Long> counts = new TreeMap<>();
    Matcher matcher = COUNT.matcher(read());
    while (matcher.find()) {
      counts.merge(matcher.group(1), Math.round(Double.parseDouble(matcher.group(2))), Long::sum);
    }
    return counts;
  }

  private String read() {
    try {
      return http.send(metrics, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException("S3 does not tell its metrics at " + metrics.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + metrics.uri(), e);
    }
  }
}
