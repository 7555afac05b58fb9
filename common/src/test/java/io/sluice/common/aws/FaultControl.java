package io.sluice.common.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.Occurrence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Orders faults of a stack in another process, over its HTTP. Thread-safe. */
public final class FaultControl {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI faults;

  /** The faults of the stack whose control is here. */
  public FaultControl(URI control) {
    this.faults = URI.create(control.toString().replaceFirst("/$", "") + "/faults");
  }

  /** An order in force, until it is closed. */
  public final class Order implements AutoCloseable {
    private final URI uri;

    private Order(long id) {
      this.uri = URI.create(faults + "/" + id);
    }

    /** How often it has struck. */
    public long struck() {
      return ask(HttpRequest.newBuilder(uri).GET()).path("struck").asLong();
    }

    /** Whether it will never strike again. */
    public boolean isSpent() {
      return ask(HttpRequest.newBuilder(uri).GET()).path("spent").asBoolean();
    }

    @Override
    public void close() {
      send(HttpRequest.newBuilder(uri).DELETE());
    }
  }

  /** Puts an order into force. */
  public Order order(FaultOrder order) {
    String form =
        fields(order).entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    JsonNode view =
        ask(
            HttpRequest.newBuilder(faults)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    return new Order(view.path("id").asLong());
  }

  private static Map<String, String> fields(FaultOrder order) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("service", order.standIn().wireName());
    fields.put("fault", order.fault().wireName());
    fields.put("operation", order.calls().operation());
    fields.put("resource", order.calls().resource());
    order.calls().status().ifPresent(status -> fields.put("status", Integer.toString(status)));
    Occurrence occurrence = order.occurrence();
    fields.put("after", Long.toString(occurrence.skip()));
    fields.put(
        "times",
        occurrence.times() == Occurrence.UNLIMITED ? "always" : Long.toString(occurrence.times()));
    fields.put("probability", Double.toString(occurrence.probability()));
    order.delay().ifPresent(delay -> fields.put("delay", delay.toMillis() + "ms"));
    return fields;
  }

  private JsonNode ask(HttpRequest.Builder request) {
    try {
      return JSON.readTree(send(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException("the stack refuses an order: " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ordering a fault", e);
    }
  }
}
