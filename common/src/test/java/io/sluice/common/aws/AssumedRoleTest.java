package io.sluice.common.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.store.S3ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles are assumed by STS, and what it gives signs the requests. */
class AssumedRoleTest {
  private static final String TOKEN = "x-amz-security-token";

  private final RecordedRequests services = new RecordedRequests();
  private final List<Map<String, String>> assumed = new CopyOnWriteArrayList<>();
  private HttpServer sts;

  @BeforeAll
  static void credentials() {
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretKey", "local-secret");
  }

  @BeforeEach
  void startSts() throws IOException {
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext("/", this::assumeRole);
    sts.start();
  }

  @AfterEach
  void stop() {
    sts.stop(0);
    services.close();
  }

  @Test
  void everyServiceIsEnteredByTheRole() {
    AwsClients clients =
        new AwsClients(
            settings(
                """
                role { arn = "arn:aws:iam::123456789012:role/writer", external-id = "x-7" }
                """));

    put(clients);
    send(clients);

    assertThat(services.requests())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.headers()).containsEntry(TOKEN, "token of role/writer"))
        .allSatisfy(
            it -> assertThat(it.headers().get("authorization")).contains("Credential=ASSUMED/"));
    assertThat(assumed)
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .containsEntry("RoleArn", "arn:aws:iam::123456789012:role/writer")
                    .containsEntry("RoleSessionName", "sluice")
                    .containsEntry("ExternalId", "x-7"));
  }

  @Test
  void theBucketCanHaveARoleOfItsOwn() {
    AwsClients clients =
        new AwsClients(
            settings(
                """
                s3.role { arn = "arn:aws:iam::210987654321:role/lake", session-name = landing }
                """));

    put(clients);
    send(clients);

    assertThat(services.requests().get(0).headers()).containsEntry(TOKEN, "token of role/lake");
    assertThat(services.requests().get(1).headers()).doesNotContainKey(TOKEN);
    assertThat(assumed)
        .singleElement()
        .satisfies(it -> assertThat(it).containsEntry("RoleSessionName", "landing"))
        .satisfies(it -> assertThat(it).doesNotContainKey("ExternalId"));
  }

  private static void put(AwsClients clients) {
    AmazonS3 s3 = clients.s3();
    try {
      new S3ObjectStore(s3, "bucket").put("key", new byte[0]);
    } finally {
      s3.shutdown();
    }
  }

  private void send(AwsClients clients) {
    AmazonSQS sqs = clients.sqs();
    try {
      sqs.deleteMessage(services.address() + "/queue", "receipt");
    } finally {
      sqs.shutdown();
    }
  }

  private AwsSettings settings(String roles) {
    String text =
        """
        aws {
          region = eu-west-1
          s3 { endpoint = "%1$s", path-style = true }
          sqs.endpoint = "%1$s"
          sts.endpoint = "http://127.0.0.1:%2$d"
          %3$s
        }
        """
            .formatted(services.address(), sts.getAddress().getPort(), roles);
    return ConfigFile.parse(text, "test.conf", "aws", AwsSettings::read);
  }

  private void assumeRole(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        Arrays.stream(new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], UTF_8)));
    assumed.add(form);
    byte[] answer =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <Credentials>
            <AccessKeyId>ASSUMED</AccessKeyId>
            <SecretAccessKey>a-secret</SecretAccessKey>
            <SessionToken>token of %s</SessionToken>
            <Expiration>%s</Expiration>
          </Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(
                form.get("RoleArn").replaceFirst(".*:", ""),
                Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
