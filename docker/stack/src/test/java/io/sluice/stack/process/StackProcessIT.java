package io.sluice.stack.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughput;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as a process. */
class StackProcessIT {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void servesAllItsEndpointsAndStopsOnSigterm() {
    try (StackProcess stack =
        StackProcess.start(
            StackProcess.builtJar(),
            folder,
            List.of("-Xmx256m"),
            List.of("--data-directory", folder.resolve("data").toString()))) {
      useS3(stack.endpoints());
      useSqs(stack.endpoints());
      useKinesis(stack.endpoints());
      useDynamoDb(stack.endpoints());

      assertThat(stack.process().logTail())
          .contains("The stack is ready after")
          .contains("S3           " + stack.endpoints().s3())
          .contains("Secret key   " + stack.endpoints().secretKey())
          .doesNotContain("WARN", "ERROR");
      assertThat(folder.resolve("data/s3/bucket/key")).hasContent("content");
      assertThat(stack.process().terminate(Duration.ofSeconds(30))).isEqualTo(143);
      assertThat(folder.resolve("stack.properties")).doesNotExist();
    }
  }

  @Test
  void leavesNoDatabaseBehindWhenItIsKilled() {
    Path data = folder.resolve("data");
    StackProcess stack =
        StackProcess.start(
            StackProcess.builtJar(),
            folder,
            List.of(),
            List.of("--data-directory", data.toString(), "--redshift-isolation", "serializable"));
    Path postmaster = data.resolve("redshift/postmaster.pid");
    // The file's fourth line is the port: one that no other program is given by the system.
    assertThat(postmaster)
        .content()
        .satisfies(
            file -> assertThat(Integer.parseInt(file.lines().toList().get(3))).isLessThan(32_768));
    assertThat(stack.endpoints().redshift().orElseThrow().caFile())
        .hasValueSatisfying(
            file -> assertThat(file).content().startsWith("-----BEGIN CERTIFICATE-----"));

    stack.process().kill();

    // PostgreSQL removes the file when it has stopped in order.
    await().atMost(SOON).until(() -> Files.notExists(postmaster));
  }

  @Test
  void aSignalInMidStartLeavesNothingBehind() throws Exception {
    Path data = folder.resolve("data");
    Path postmaster = data.resolve("redshift/postmaster.pid");
    Path endpoints = Files.writeString(folder.resolve("endpoints"), "of an earlier run");
    ChildProcess stack =
        run("--data-directory", data.toString(), "--endpoints-file", endpoints.toString());
    await().atMost(SOON).until(() -> Files.exists(postmaster));
    assertThat(endpoints).doesNotExist();

    assertThat(stack.terminate(SOON)).isEqualTo(143);

    await().atMost(SOON).until(() -> Files.notExists(postmaster));
    assertThat(endpoints).doesNotExist();
  }

  @Test
  void aTakenPortIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ChildProcess stack = run("--sqs-port", String.valueOf(taken.getLocalPort()));

      assertThat(stack.awaitExit(SOON)).isEqualTo(1);
      assertThat(stack.logTail())
          .isEqualTo(
              "sluice-stack: port %d is taken: choose another one for SQS with --sqs-port, or 0"
                      .formatted(taken.getLocalPort())
                  + " for a free one");
      assertThatThrownBy(
              () ->
                  StackProcess.start(
                      StackProcess.builtJar(),
                      folder,
                      List.of(),
                      List.of("--sqs-port", String.valueOf(taken.getLocalPort()))))
          .hasMessageContaining("ended with exit code 1 before it had written");
    }
  }

  @Test
  void endsWithItsParent() throws Exception {
    ChildProcess parent =
        ChildProcess.start(
            new ChildProcess.Spec(
                "parent", List.of("/bin/sleep", "300"), folder.resolve("parent.log")));
    Path endpoints = folder.resolve("own.properties");
    ChildProcess stack =
        run("--parent-pid", String.valueOf(parent.pid()), "--endpoints-file", endpoints.toString());
    stack.await("it was ready", SOON, () -> Files.exists(endpoints));

    parent.kill();

    assertThat(stack.awaitExit(SOON)).isZero();
    assertThat(endpoints).doesNotExist();
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    ChildProcess stack = run("--help");

    assertThat(stack.awaitExit(SOON)).isZero();
    assertThat(stack.logTail(100))
        .contains(
            "--endpoints-file",
            "--data-directory",
            "--kinesis-port",
            "--dynamodb-port",
            "--parent-pid")
        .contains("Examples:")
        .contains("143 stopped by SIGTERM");
  }

  @Test
  void anOptionThatDoesNotExistIsWrongUsage() {
    assertThat(run("--no-such-port", "1").awaitExit(SOON)).isEqualTo(2);
    assertThat(run("--s3-port", "70000").awaitExit(SOON)).isEqualTo(2);
  }

  /** The runnable jar must not contain DynamoDB Local: what if somebody takes it away alone? */
  @Test
  void saysWhatIsMissingIfDynamoDbLocalDoesNotLieBeside() throws Exception {
    Path alone = Files.copy(StackProcess.builtJar(), folder.resolve("stack.jar"));
    ChildProcess stack =
        ChildProcess.start(
            new ChildProcess.Spec(
                "stack",
                List.of(ChildProcess.java().toString(), "-jar", alone.toString()),
                folder.resolve("run.log")));

    assertThat(stack.awaitExit(SOON)).isEqualTo(1);
    assertThat(stack.logTail())
        .contains("sluice-stack: DynamoDB cannot start: ")
        .contains(
            "put DynamoDBLocal-<version>.jar, which the build leaves beside the runnable jar");
  }

  private ChildProcess run(String... arguments) {
    List<String> command = new java.util.ArrayList<>();
    command.addAll(
        List.of(ChildProcess.java().toString(), "-jar", StackProcess.builtJar().toString()));
    command.addAll(List.of(arguments));
    return ChildProcess.start(new ChildProcess.Spec("stack", command, folder.resolve("run.log")));
  }

  private static void useS3(StackEndpoints endpoints) {
    AmazonS3 s3 =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(at(endpoints, endpoints.s3()))
            .withCredentials(credentials(endpoints))
            .withPathStyleAccessEnabled(true)
            .build();
    s3.createBucket("bucket");
    s3.putObject("bucket", "key", "content");
    assertThat(s3.getObjectAsString("bucket", "key")).isEqualTo("content");
    s3.shutdown();
  }

  private static void useSqs(StackEndpoints endpoints) {
    AmazonSQS sqs =
        AmazonSQSClientBuilder.standard()
            .withEndpointConfiguration(at(endpoints, endpoints.sqs()))
            .withCredentials(credentials(endpoints))
            .build();
    String queue = sqs.createQueue("queue").getQueueUrl();
    sqs.sendMessage(queue, "hello");
    assertThat(sqs.receiveMessage(queue).getMessages().get(0).getBody()).isEqualTo("hello");
    sqs.shutdown();
  }

  private static void useKinesis(StackEndpoints endpoints) {
    AmazonKinesis kinesis =
        AmazonKinesisClientBuilder.standard()
            .withEndpointConfiguration(at(endpoints, endpoints.kinesis()))
            .withCredentials(credentials(endpoints))
            .build();
    kinesis.createStream("stream", 1);
    await()
        .until(
            () ->
                kinesis
                    .describeStream("stream")
                    .getStreamDescription()
                    .getStreamStatus()
                    .equals("ACTIVE"));
    assertThat(
            kinesis
                .putRecord("stream", java.nio.ByteBuffer.wrap("x".getBytes(UTF_8)), "k")
                .getShardId())
        .isEqualTo("shardId-000000000000");
    kinesis.shutdown();
  }

  private static void useDynamoDb(StackEndpoints endpoints) {
    AmazonDynamoDB dynamodb =
        AmazonDynamoDBClientBuilder.standard()
            .withEndpointConfiguration(at(endpoints, endpoints.dynamodb()))
            .withCredentials(credentials(endpoints))
            .build();
    dynamodb.createTable(
        List.of(new AttributeDefinition("id", "S")),
        "table",
        List.of(new KeySchemaElement("id", "HASH")),
        new ProvisionedThroughput(10L, 10L));
    dynamodb.putItem("table", Map.of("id", new AttributeValue("a")));
    assertThat(dynamodb.scan("table", List.of("id")).getCount()).isEqualTo(1);
    dynamodb.shutdown();
  }

  private static EndpointConfiguration at(StackEndpoints endpoints, URI service) {
    return new EndpointConfiguration(service.toString(), endpoints.region());
  }

  private static AWSStaticCredentialsProvider credentials(StackEndpoints endpoints) {
    return new AWSStaticCredentialsProvider(
        new BasicAWSCredentials(endpoints.accessKey(), endpoints.secretKey()));
  }
}
