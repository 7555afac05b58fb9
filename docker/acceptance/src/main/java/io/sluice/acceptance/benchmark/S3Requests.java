package io.sluice.acceptance.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.stack.process.StackEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The requests that the stack's S3 has answered so far, by operation. */
public final class S3Requests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SETTLES_WITHIN_MILLIS = 100;

  private final URL requests;

  public S3Requests(StackEndpoints stack) {
    try {
      requests = stack.control().resolve("/requests").toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All of them up to now. S3 counts a request a moment after its answer, so this waits until
   * nothing more is counted.
   */
  public Map<String, Long> settled() {
    Map<String, Long> counts = read();
    while (true) {
      pause();
      Map<String, Long> again = read();
      if (again.equals(counts)) {
        return counts;
      }
      counts = again;
    }
  }

  /** What has come on top of {@code before}. */
  public static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> more = new TreeMap<>();
    after.forEach(
        (operation, count) -> {
          long difference = count - before.getOrDefault(operation, 0L);
          if (difference > 0) {
            more.put(operation, difference);
          }
        });
    return more;
  }

  private Map<String, Long> read() {
    try (InputStream answer = requests.openStream()) {
      Map<String, Long> counts = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(answer).path("s3").properties()) {
        counts.put(entry.getKey(), entry.getValue().asLong());
      }
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException("the stack does not tell its requests at " + requests, e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(SETTLES_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
