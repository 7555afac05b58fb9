package io.sluice.stack.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.stack.fault.Call;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlServerIT {
  private final Faults faults = new Faults(42);
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = ControlServer.start(Address.loopback(0), faults, () -> Map.of("PutObject", 3L));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesAnOrderAsCurlSendsIt() throws Exception {
    HttpResponse<String> answer =
        send("POST", "/faults", "service=s3&fault=slow-down&times=3&resource=quakes%2Fdata%2F*");

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode order = json(answer);
    assertThat(order.path("id").asLong()).isEqualTo(1);
    assertThat(order.path("resource").asText()).isEqualTo("quakes/data/*");
    assertThat(order.path("times").asLong()).isEqualTo(3);
    Call call = Call.of(StandIn.S3, "PutObject", "quakes/data/a");
    assertThat(faults.strike(call, Fault.SLOW_DOWN)).isPresent();
    assertThat(json(send("GET", "/faults/1", "")).path("struck").asLong()).isEqualTo(1);
  }

  @Test
  void tellsTheRequestsOfS3() throws Exception {
    JsonNode counts = json(send("GET", "/requests", ""));

    assertThat(counts.path("s3").path("PutObject").asLong()).isEqualTo(3);
  }

  @Test
  void takesAnOrderInTheQueryToo() throws Exception {
    assertThat(send("POST", "/faults?service=sqs&fault=loss", "").statusCode()).isEqualTo(201);

    assertThat(faults.reports()).hasSize(1);
  }

  @Test
  void showsTheSeedAndAllOrders() throws Exception {
    send("POST", "/faults", "service=s3&fault=reset");
    send("POST", "/faults", "service=redshift&fault=disk-full&probability=0.5");

    JsonNode overview = json(send("GET", "/faults", ""));

    assertThat(overview.path("seed").asLong()).isEqualTo(42);
    assertThat(overview.path("orders").findValuesAsText("fault"))
        .containsExactly("reset", "disk-full");
    assertThat(overview.path("orders").get(1).has("times")).isFalse();
  }

  @Test
  void withdrawsOneOrAll() throws Exception {
    send("POST", "/faults", "service=s3&fault=reset");
    send("POST", "/faults", "service=s3&fault=reset");
    send("POST", "/faults", "service=s3&fault=reset");

    assertThat(send("DELETE", "/faults/2", "").body()).isEqualTo("order 2 is withdrawn\n");
    assertThat(send("DELETE", "/faults/2", "").statusCode()).isEqualTo(404);
    assertThat(faults.reports()).hasSize(2);

    send("DELETE", "/faults", "");
    assertThat(faults.reports()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAnOrder() throws Exception {
    HttpResponse<String> answer = send("POST", "/faults", "service=s3&fault=late&colour=red");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("colour: no such field")
        .contains("fault: 'late' is none of slow-down, internal-error, latency");
    assertThat(send("POST", "/faults?fault=loss", "fault=loss&service=sqs").body())
        .isEqualTo("fault: given more than once\n");
    assertThat(send("PUT", "/faults", "").body()).contains("there is GET /, GET, POST and DELETE");
    assertThat(faults.reports()).isEmpty();
  }

  @Test
  void explainsItself() throws Exception {
    String manual = send("GET", "/", "").body();

    assertThat(manual).contains("curl -d service=s3 -d fault=slow-down").contains("/faults/1");
    for (Fault fault : Fault.values()) {
      assertThat(manual).contains("  " + fault.wireName() + " ").contains(fault.effect());
    }
  }

  private HttpResponse<String> send(String method, String path, String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
