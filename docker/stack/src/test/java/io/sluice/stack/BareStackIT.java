package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.ClientConfiguration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.stack.StackSettings.Reach;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stack as benchmarks want it: without fronts, its S3 slow by a known time, requests counted. */
class BareStackIT {
  private static final Duration LATENCY = Duration.ofMillis(150);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Stack stack;
  private static StackClients clients;

  @BeforeAll
  static void start() {
    stack = Stack.start(StackSettings.defaults().withReach(Reach.BARE).withS3Latency(LATENCY));
    clients = new StackClients(stack.endpoints(), new ClientConfiguration().withMaxErrorRetry(0));
    clients.s3().createBucket("bench");
  }

  @AfterAll
  static void stop() {
    clients.close();
    stack.close();
  }

  @Test
  void countsEveryRequestOfS3ByItsOperation() {
    long before = count("PutObject");

    for (int i = 0; i < 3; i++) {
      clients.s3().putObject("bench", "counted/" + i, "text");
    }

    await().untilAsserted(() -> assertThat(count("PutObject")).isEqualTo(before + 3));
  }

  @Test
  void s3WaitsBeforeItAnswers() {
    long begun = System.nanoTime();

    clients.s3().putObject("bench", "late", "text");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LATENCY);
  }

  @Test
  void queuesAndTablesAnswerWithoutTheirFronts() {
    String queue = clients.sqs().createQueue("bare").getQueueUrl();
    clients.sqs().sendMessage(queue, "text");

    assertThat(clients.sqs().receiveMessage(queue).getMessages()).hasSize(1);
    assertThat(clients.dynamodb().listTables().getTableNames()).isEmpty();
  }

  @Test
  void refusesFaultsThatCouldNeverStrike() {
    assertThatThrownBy(() -> stack.faults().order(FaultOrder.of(StandIn.SQS, Fault.INTERNAL_ERROR)))
        .hasMessage("sqs cannot fail here: the stack was started without its front");
    long kinesis = stack.faults().order(FaultOrder.of(StandIn.KINESIS, Fault.INTERNAL_ERROR));
    assertThat(stack.faults().withdraw(kinesis)).isTrue();
  }

  private static long count(String operation) {
    try (InputStream answer =
        stack.endpoints().control().resolve("/requests").toURL().openStream()) {
      JsonNode counts = JSON.readTree(answer);
      return counts.path("s3").path(operation).asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
