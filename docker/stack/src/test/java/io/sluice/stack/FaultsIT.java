package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughputExceededException;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.AmazonSQSException;
import com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.DeleteMessageBatchResult;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiptHandleIsInvalidException;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders by the Java API, seen by the SDK without its retries. */
class FaultsIT {
  private static final String BUCKET = "quakes";

  private static Stack stack;
  private static StackClients clients;
  private static AmazonS3 s3;
  private static AmazonSQS sqs;

  private final Faults faults = stack.faults();

  @BeforeAll
  static void start() {
    stack = Stack.start(StackSettings.defaults().withFaultSeed(1));
    clients = new StackClients(stack.endpoints(), new ClientConfiguration().withMaxErrorRetry(0));
    s3 = clients.s3();
    s3.createBucket(BUCKET);
    sqs = clients.sqs();
  }

  @AfterAll
  static void stop() {
    clients.close();
    stack.close();
  }

  @AfterEach
  void withdraw() {
    faults.withdrawAll();
  }

  @Test
  void s3SaysSlowDownAsOftenAsOrderedAndOnlyThere() {
    faults.order(
        FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).at("PutObject").on(BUCKET + "/slow/*").times(2));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> s3.putObject(BUCKET, "slow/a", "x"))
          .isInstanceOfSatisfying(
              AmazonS3Exception.class,
              e -> {
                assertThat(e.getStatusCode()).isEqualTo(503);
                assertThat(e.getErrorCode()).isEqualTo("SlowDown");
              });
    }
    assertThat(s3.doesObjectExist(BUCKET, "slow/a")).isFalse();
    s3.putObject(BUCKET, "fast/a", "x");
    s3.putObject(BUCKET, "slow/a", "x");

    assertThat(s3.getObjectAsString(BUCKET, "slow/a")).isEqualTo("x");
  }

  @Test
  void theSdkGetsOverErrorsByItself() {
    try (StackClients patient = new StackClients(stack.endpoints(), new ClientConfiguration())) {
      long id = faults.order(FaultOrder.of(StandIn.S3, Fault.INTERNAL_ERROR).times(3));

      patient.s3().putObject(BUCKET, "retried", "x");

      assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(3);
    }
  }

  @Test
  void s3WaitsAsLongAsOrdered() {
    s3.putObject(BUCKET, "late", "x");
    faults.order(FaultOrder.of(StandIn.S3, Fault.LATENCY).lasting(Duration.ofMillis(700)));

    long begun = System.nanoTime();
    s3.getObjectAsString(BUCKET, "late");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(690));
  }

  @Test
  void anObjectBreaksOffInTheMiddle() throws Exception {
    byte[] data = new byte[1 << 20];
    Arrays.fill(data, (byte) 'x');
    s3.putObject(BUCKET, "broken", new String(data, UTF_8));
    faults.order(FaultOrder.of(StandIn.S3, Fault.RESET).at("GetObject"));

    long read = 0;
    Exception seen = null;
    try (var body = s3.getObject(BUCKET, "broken").getObjectContent()) {
      for (int n = body.read(data); n >= 0; n = body.read(data)) {
        read += n;
      }
    } catch (Exception e) {
      seen = e;
    }

    assertThat(seen).isNotNull();
    assertThat(read).isLessThanOrEqualTo(data.length / 2);
    assertThat(s3.getObjectAsString(BUCKET, "broken")).hasSize(data.length);
  }

  @Test
  void anUploadBreaksOffAndLeavesNothing() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.RESET).at("PutObject"));

    assertThatThrownBy(() -> s3.putObject(BUCKET, "reset", "x"))
        .isInstanceOf(SdkClientException.class);

    assertThat(s3.doesObjectExist(BUCKET, "reset")).isFalse();
  }

  @Test
  void aConditionalPutWhoseAnswerIsLostHasHappened() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).at("PutObject"));

    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "conditional", "first"))
        .isInstanceOf(SdkClientException.class);

    assertThat(s3.getObjectAsString(BUCKET, "conditional")).isEqualTo("first");
    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "conditional", "second"))
        .isInstanceOfSatisfying(
            AmazonS3Exception.class, e -> assertThat(e.getStatusCode()).isEqualTo(412));
  }

  @Test
  void a412IsLostOnTheWayBackAndOthersArrive() {
    s3.putObject(BUCKET, "taken", "first");
    faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).answeredWith(412));

    s3.putObject(BUCKET, "free", "x");
    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "taken", "second"))
        .isInstanceOf(SdkClientException.class)
        .isNotInstanceOf(AmazonS3Exception.class);

    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "taken", "second"))
        .isInstanceOf(AmazonS3Exception.class);
  }

  @Test
  void aMessageIsReceivedTwiceByTheSameId() {
    String queue = queueWith("doubled", "a", "b");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DUPLICATE).at("ReceiveMessage"));

    List<Message> first = receive(queue);
    List<Message> again = receive(queue);

    assertThat(bodies(first)).contains(again.get(0).getBody());
    assertThat(again)
        .singleElement()
        .extracting(Message::getMessageId)
        .isIn(first.stream().map(Message::getMessageId).toList());
    first.forEach(message -> sqs.deleteMessage(queue, message.getReceiptHandle()));
    again.forEach(message -> sqs.deleteMessage(queue, message.getReceiptHandle()));
  }

  @Test
  void deletingWhatIsGoneSucceedsAndNonsenseDoesNot() {
    String queue = queueWith("deleted", "a");
    String handle = receive(queue).get(0).getReceiptHandle();
    sqs.deleteMessage(queue, handle);

    sqs.deleteMessage(queue, handle);
    DeleteMessageBatchResult result =
        sqs.deleteMessageBatch(
            queue,
            List.of(
                new DeleteMessageBatchRequestEntry("gone", handle),
                new DeleteMessageBatchRequestEntry("nonsense", "nonsense")));

    assertThat(result.getSuccessful()).singleElement().extracting("id").isEqualTo("gone");
    assertThat(result.getFailed()).singleElement().extracting("id").isEqualTo("nonsense");
    assertThatThrownBy(() -> sqs.deleteMessage(queue, "nonsense"))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
  }

  @Test
  void aMessageIsLost() {
    String queue = queueWith("lossy", "a", "b", "c");
    long id = faults.order(FaultOrder.of(StandIn.SQS, Fault.LOSS).on("lossy"));

    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (Message message : receive(queue)) {
        seen.add(message.getBody());
        sqs.deleteMessage(queue, message.getReceiptHandle());
      }
    }

    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(1);
  }

  @Test
  void aMessageIsOvertaken() {
    String queue = queueWith("shuffled", "a", "b");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.REORDER));

    List<String> seen = new ArrayList<>();
    while (seen.size() < 2) {
      for (Message message : receive(queue)) {
        seen.add(message.getBody());
        sqs.deleteMessage(queue, message.getReceiptHandle());
      }
    }

    assertThat(seen).containsExactly("b", "a");
  }

  @Test
  void aMessageComesLate() {
    String queue = sqs.createQueue("late").getQueueUrl();
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DELAY).lasting(Duration.ofSeconds(2)));
    sqs.sendMessage(queue, "late");
    long sent = System.nanoTime();

    assertThat(bodies(receive(queue))).containsExactly("late");

    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void receivingFails() {
    String queue = queueWith("failing", "a");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.THROTTLE).at("ReceiveMessage"));
    faults.order(FaultOrder.of(StandIn.SQS, Fault.INTERNAL_ERROR).at("ReceiveMessage"));

    assertThatThrownBy(() -> receive(queue))
        .isInstanceOfSatisfying(
            AmazonSQSException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo("RequestThrottled");
              assertThat(e.getStatusCode()).isEqualTo(400);
            });
    assertThatThrownBy(() -> receive(queue))
        .isInstanceOfSatisfying(
            AmazonSQSException.class, e -> assertThat(e.getStatusCode()).isEqualTo(500));

    assertThat(bodies(receive(queue))).containsExactly("a");
  }

  @Test
  void dynamoDbThrottles() {
    faults.order(FaultOrder.of(StandIn.DYNAMODB, Fault.THROTTLE).at("ListTables"));

    assertThatThrownBy(() -> clients.dynamodb().listTables())
        .isInstanceOf(ProvisionedThroughputExceededException.class);

    assertThat(clients.dynamodb().listTables().getTableNames()).isEmpty();
  }

  @Test
  void kinesisThrottlesExpiresAndLosesAnswers() {
    AmazonKinesis kinesis = clients.kinesis();
    kinesis.createStream("faulty", 1);
    clients.awaitActive("faulty");
    String iterator =
        kinesis
            .getShardIterator("faulty", "shardId-000000000000", "TRIM_HORIZON")
            .getShardIterator();

    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.THROTTLE).at("PutRecord").on("faulty"));
    assertThatThrownBy(() -> put(kinesis, "refused"))
        .isInstanceOf(
            com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException.class);
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.LOST_ANSWER).at("PutRecord"));
    assertThatThrownBy(() -> put(kinesis, "stored")).isInstanceOf(SdkClientException.class);
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.EXPIRED_ITERATOR));
    assertThatThrownBy(() -> clients.read(iterator)).isInstanceOf(ExpiredIteratorException.class);

    assertThat(clients.read(iterator)).containsExactly("stored");
  }

  @Test
  void aRecordOfABatchFailsAlone() {
    AmazonKinesis kinesis = clients.kinesis();
    kinesis.createStream("partial", 1);
    clients.awaitActive("partial");
    faults.order(FaultOrder.of(StandIn.KINESIS, Fault.PARTIAL_FAILURE).on("partial").after(1));

    PutRecordsResult result =
        kinesis.putRecords(
            new PutRecordsRequest()
                .withStreamName("partial")
                .withRecords(List.of(entry("a"), entry("b"), entry("c"))));

    assertThat(result.getFailedRecordCount()).isEqualTo(1);
    assertThat(result.getRecords().get(1).getErrorCode())
        .isEqualTo("ProvisionedThroughputExceededException");
  }

  private static void put(AmazonKinesis kinesis, String text) {
    kinesis.putRecord("faulty", ByteBuffer.wrap(text.getBytes(UTF_8)), "key");
  }

  private static PutRecordsRequestEntry entry(String text) {
    return new PutRecordsRequestEntry()
        .withPartitionKey(text)
        .withData(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static String queueWith(String name, String... messages) {
    String queue = sqs.createQueue(name).getQueueUrl();
    for (String message : messages) {
      sqs.sendMessage(queue, message);
    }
    return queue;
  }

  private static List<Message> receive(String queue) {
    return sqs.receiveMessage(
            new ReceiveMessageRequest(queue).withMaxNumberOfMessages(10).withWaitTimeSeconds(3))
        .getMessages();
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::getBody).toList();
  }
}
