package io.sluice.stack.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import com.amazonaws.services.sqs.model.AmazonSQSException;
import com.amazonaws.services.sqs.model.CreateQueueRequest;
import com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.QueueDoesNotExistException;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.front.Fronts;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQS as callers reach it: through its front. */
class SqsServerIT {
  private SqsServer server;
  private HttpServer front;
  private AmazonSQS sqs;

  @BeforeEach
  void start() throws Exception {
    server = SqsServer.start(0, "us-east-1", "000000000000");
    front = Fronts.ofSqs(Address.loopback(0), server.endpoint(), new Faults(1));
    sqs =
        AmazonSQSClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(front.endpoint().toString(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("any", "thing")))
            .withClientConfiguration(new ClientConfiguration().withMaxErrorRetry(0))
            .build();
  }

  @AfterEach
  void stop() {
    sqs.shutdown();
    front.close();
    server.close();
  }

  @Test
  void queueUrlsLeadBackToTheServer() {
    String created = sqs.createQueue("loads").getQueueUrl();

    assertThat(URI.create(created).getHost()).isEqualTo("127.0.0.1");
    assertThat(URI.create(created).getPort()).isEqualTo(front.endpoint().getPort());
    assertThat(sqs.getQueueUrl("loads").getQueueUrl()).isEqualTo(created);
    assertThat(sqs.listQueues().getQueueUrls()).containsExactly(created);
    assertThatThrownBy(() -> sqs.getQueueUrl("none"))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void sendsReceivesAndDeletesByTens() {
    String queue = sqs.createQueue("loads").getQueueUrl();
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(new SendMessageBatchRequestEntry("id" + i, "message " + i));
    }

    assertThat(sqs.sendMessageBatch(queue, entries).getFailed()).isEmpty();
    List<Message> received =
        sqs.receiveMessage(new ReceiveMessageRequest(queue).withMaxNumberOfMessages(10))
            .getMessages();
    List<DeleteMessageBatchRequestEntry> deletes =
        received.stream()
            .map(m -> new DeleteMessageBatchRequestEntry(m.getMessageId(), m.getReceiptHandle()))
            .toList();

    assertThat(received)
        .extracting(Message::getBody)
        .containsExactlyInAnyOrderElementsOf(
            entries.stream().map(SendMessageBatchRequestEntry::getMessageBody).toList());
    assertThat(sqs.deleteMessageBatch(queue, deletes).getSuccessful()).hasSize(10);
    Map<String, String> attributes =
        sqs.getQueueAttributes(
                queue,
                List.of("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
            .getAttributes();
    assertThat(attributes.values()).containsOnly("0");
  }

  @Test
  void aLongPollEndsWhenAMessageComes() throws Exception {
    String queue = sqs.createQueue("loads").getQueueUrl();
    CompletableFuture<List<Message>> poll =
        CompletableFuture.supplyAsync(
            () ->
                sqs.receiveMessage(new ReceiveMessageRequest(queue).withWaitTimeSeconds(20))
                    .getMessages());
    await().during(Duration.ofMillis(500)).until(() -> !poll.isDone());

    sqs.sendMessage(queue, "now");

    assertThat(poll.get(5, TimeUnit.SECONDS)).extracting(Message::getBody).containsExactly("now");
  }

  @Test
  void aMessageThatIsNeverDeletedGoesToTheDeadLetterQueue() {
    String dead = sqs.createQueue("dead").getQueueUrl();
    String arn = sqs.getQueueAttributes(dead, List.of("QueueArn")).getAttributes().get("QueueArn");
    String queue =
        sqs.createQueue(
                new CreateQueueRequest("loads")
                    .addAttributesEntry("VisibilityTimeout", "0")
                    .addAttributesEntry(
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"2\"}"
                            .formatted(arn)))
            .getQueueUrl();
    sqs.sendMessage(queue, "poison");

    await()
        .untilAsserted(
            () -> {
              sqs.receiveMessage(queue);
              assertThat(sqs.receiveMessage(dead).getMessages())
                  .extracting(Message::getBody)
                  .containsExactly("poison");
            });

    assertThat(arn).isEqualTo("arn:aws:sqs:us-east-1:000000000000:dead");
  }

  @Test
  void aPollUnderWayDoesNotHoldTheStop() {
    String queue = sqs.createQueue("loads").getQueueUrl();
    CompletableFuture<Void> poll =
        CompletableFuture.runAsync(
            () -> sqs.receiveMessage(new ReceiveMessageRequest(queue).withWaitTimeSeconds(20)));
    await().during(Duration.ofMillis(300)).until(() -> !poll.isDone());

    long begun = System.nanoTime();
    front.close();
    server.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    await().atMost(Duration.ofSeconds(10)).until(poll::isCompletedExceptionally);
  }

  @Test
  void refusesAMessageAboveOneMebibyte() {
    String queue = sqs.createQueue("loads").getQueueUrl();
    sqs.sendMessage(queue, "x".repeat(1 << 20));

    assertThatThrownBy(() -> sqs.sendMessage(queue, "x".repeat((1 << 20) + 1)))
        .isInstanceOf(AmazonSQSException.class)
        .hasMessageContaining("MessageTooLong");
  }
}
